import { targetStates, type TargetState } from "../../runners/available.ts";
import type { Hello } from "../binder/protocol.ts";
import { startBinder } from "../binder-client/binder-process.ts";
import type { OpenTarget } from "../binder-client/open-target.ts";
import { findAddresses } from "../experiments/addresses.ts";
import { addressMend } from "../experiments/requirements.ts";
import { platformName } from "../binder/host.ts";
import { listAddresses } from "../binder/own-addresses.ts";
import { createCostCounter, type CountCost } from "../verdicts/skip-costs.ts";

/**
 * Prints every target and every need of an experiment: here, which is said of nothing that was not started, or how to get
 * it and how many experiments are skipped on this machine without it.
 */
export async function doctor(): Promise<void> {
  const targets: Need[] = [];
  let here: Met | null = null;
  for (const state of await targetStates()) {
    const met = await meet(state);
    if (state.runner.name === "local") here = met;
    targets.push({ name: `target ${state.runner.name}`, ...found(state, met) });
  }
  const countCost = await createCostCounter(here?.hello ?? null);
  const needs = [...targets, ...addressNeeds(countCost), accountNeed(here, countCost)];
  const width = Math.max(...needs.map(({ name }) => name.length));
  for (const { name, is, lacks } of needs)
    process.stdout.write(
      `${lacks === undefined ? "✓" : "–"} ${name.padEnd(width)}  ${lacks ?? is}\n`,
    );
}

interface Need {
  readonly name: string;
  readonly is?: string;
  /** Why it is not there, and how to get it. */
  readonly lacks?: string;
}

/** What came of starting a target. */
interface Met {
  /** What its binder said; null where none came up. */
  readonly hello: Hello | null;
  readonly problem: string | null;
  /** Why no binder comes up under another account there; null when one does. */
  readonly accountProblem: string | null;
}

/** Starts a target that is said to be here, and a binder on it; null for others. */
async function meet({ runner, availability }: TargetState): Promise<Met | null> {
  if (!availability.here || runner.isElsewhere) return null;
  const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  let target: OpenTarget | null = null;
  try {
    target = await runner.open({ signal: new AbortController().signal, say });
    const hello = await greet(target.start, `target ${runner.name}'s`);
    const accountProblem = runner.name === "local" ? await tryAccount(target, hello) : null;
    return { hello, problem: null, accountProblem };
  } catch (error) {
    const problem = target?.problem() ?? (error as Error).message;
    return { hello: null, problem: oneLine(problem), accountProblem: null };
  } finally {
    await target?.close();
  }
}

async function greet(start: OpenTarget["start"], whose: string): Promise<Hello> {
  const binder = startBinder(start, whose);
  try {
    return await binder.hello;
  } finally {
    binder.end();
  }
}

async function tryAccount(target: OpenTarget, hello: Hello): Promise<string | null> {
  const account = target.otherAccount ?? hello.otherAccount;
  if ("problem" in account) return account.problem;
  try {
    await greet(target.startAsOther, `account ${account.name}'s`);
    return null;
  } catch (error) {
    return oneLine((error as Error).message);
  }
}

function found({ availability }: TargetState, met: Met | null): Omit<Need, "name"> {
  if (!availability.here) return { lacks: `${availability.why}: ${availability.mend}` };
  if (met?.problem) return { lacks: `cannot be started: ${met.problem}` };
  return { is: availability.what };
}

function addressNeeds(countCost: CountCost): Need[] {
  const platform = platformName();
  const addresses = findAddresses(listAddresses(), platform);
  return (["ipv4", "ipv6"] as const).map((family) => {
    const { specific, specific2 } = addresses[family];
    const name = `${family} addresses`;
    if (specific === null)
      return { name, lacks: `no loopback address: IPv6 is off${countCost({ lacks: "ipv6" })}` };
    if (specific2 !== null) return { name, is: `${specific}, ${specific2}` };
    const cost = countCost({ lacks: `${family}-specific2` });
    return { name, lacks: `only ${specific}: ${addressMend(family, platform)}${cost}` };
  });
}

function accountNeed(here: Met | null, countCost: CountCost): Need {
  const name = "another account";
  const account = here?.hello?.otherAccount;
  if (here?.accountProblem === null && account && "name" in account)
    return { name, is: account.name };
  const why = here?.accountProblem ?? here?.problem ?? "no binder can be started";
  return { name, lacks: `${why}${countCost({ lacks: "other-account" })}` };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
