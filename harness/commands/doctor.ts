import { targetStates } from "../../runners/available.ts";
import { platformName } from "../binder/host.ts";
import { listAddresses } from "../binder/own-addresses.ts";
import { findAddresses } from "../experiments/addresses.ts";
import { addressMend } from "../experiments/requirements.ts";
import { findOtherAccount } from "../binder/other-account.ts";

/** Prints every target and every need of an experiment: here, or how to get it. */
export async function doctor(): Promise<void> {
  const needs = [...(await targetNeeds()), ...addressNeeds(), accountNeed()];
  const width = Math.max(...needs.map(({ name }) => name.length));
  for (const { name, found, missing } of needs)
    process.stdout.write(
      `${missing === undefined ? "✓" : "–"} ${name.padEnd(width)}  ${missing ?? found}\n`,
    );
}

interface Need {
  readonly name: string;
  readonly found?: string;
  /** Why it is not there, and how to get it. */
  readonly missing?: string;
}

async function targetNeeds(): Promise<Need[]> {
  return (await targetStates()).map(({ runner, availability }) => ({
    name: `target ${runner.name}`,
    ...(availability.here
      ? { found: availability.what }
      : { missing: `${availability.why}: ${availability.mend}` }),
  }));
}

function addressNeeds(): Need[] {
  const platform = platformName();
  const addresses = findAddresses(listAddresses(), platform);
  return (["ipv4", "ipv6"] as const).map((family) => {
    const { specific, specific2 } = addresses[family];
    const name = `${family} addresses`;
    if (specific === null) return { name, missing: "no loopback address: IPv6 is off" };
    if (specific2 === null)
      return { name, missing: `only ${specific}: ${addressMend(family, platform)}` };
    return { name, found: `${specific}, ${specific2}` };
  });
}

function accountNeed(): Need {
  const account = findOtherAccount();
  const name = "another account";
  return "problem" in account ? { name, missing: account.problem } : { name, found: account.name };
}
