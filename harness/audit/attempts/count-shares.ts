import { setTimeout as sleep } from "node:timers/promises";
import type { Program, StepResult } from "../../binder/protocol.ts";
import { BinderLost } from "../../binder-client/binder-process.ts";
import { readOpened } from "../../trial/endpoint-steps.ts";
import { coverageOf, relate } from "../coverage.ts";
import type { Attempt, Share } from "./attempt.ts";
import type { Target } from "./find-targets.ts";
import { askAs, prepareWay, type Scene } from "./try-ways.ts";

/** Connections or datagrams that go to each address. */
export const CENSUS_COUNT = 100;
// A server with the shortest of backlogs still takes so many at once, round after round.
const ROUND = 5;

/**
 * Opens the socket of an attempt that got in once more, sends to each of the addresses that it stands for too, and
 * counts what it gets. The attempt is broken when it is refused this time. `full` are the addresses at which the server
 * took no more connections, which is waited for once.
 */
export async function countShares(
  attempt: Attempt,
  targets: readonly Target[],
  full: Set<string>,
  scene: Scene,
): Promise<Attempt> {
  const own = coverageOf(attempt.family, attempt.address);
  const concerned = targets.filter(
    ({ family, address }) => relate(coverageOf(family, address), own) !== "apart",
  );
  if (concerned.length === 0) return { ...attempt, shares: [] };
  const { open, close, place, socket } = prepareWay(attempt, scene);
  try {
    const [results = []] = await askAs(attempt.account, scene, [[open]]);
    const { outcome } = readOpened(open, results[0], place);
    if (outcome.kind !== "success")
      return { ...attempt, outcome: broken("it got in once and was refused the next time") };
    const shares: Share[] = [];
    for (const target of concerned) {
      const { address } = target;
      const share = full.has(address)
        ? { address, sent: 0, taken: 0, problem: FULL }
        : await countShare(attempt, socket, target, scene);
      if (share.problem === FULL) full.add(address);
      shares.push(share);
    }
    return { ...attempt, shares };
  } catch (error) {
    if (!(error instanceof BinderLost)) throw error;
    return { ...attempt, outcome: broken(error.message) };
  } finally {
    await askAs(attempt.account, scene, [[close]]).catch(ignoreLoss); // a lost binder has closed it
  }
}

const FULL = "the server took no more connections";

function broken(detail: string): Attempt["outcome"] {
  return { kind: "broken", reason: "binder-problem", detail };
}

/** Sends round by round; connections that were counted are ended before the next round. */
async function countShare(
  { account }: Attempt,
  intruder: number,
  target: Target,
  scene: Scene,
): Promise<Share> {
  const { address } = target;
  let [sent, taken] = [0, 0];
  while (sent < CENSUS_COUNT) {
    const first = scene.binders.reserve(ROUND);
    const problem = await send(first, target, scene);
    if (problem !== null) return { address, sent, taken, problem };
    sent += ROUND;
    taken += await takeAll(account, intruder, scene);
    const close = Array.from({ length: ROUND }, (_, index): Program => [
      { do: "close", socket: first + index },
    ]);
    await scene.binders.ask("peer", undefined, close);
  }
  // What has not come by then does not come.
  await sleep(LAST_CALL_MS);
  return { address, sent, taken: taken + (await takeAll(account, intruder, scene)) };
}

const LAST_CALL_MS = 20;

async function send(
  socket: number,
  { family, address }: Target,
  { protocol, port, binders }: Scene,
): Promise<string | null> {
  try {
    const [results = []] = await binders.ask("peer", undefined, [
      [{ do: "send-many", socket, count: ROUND, family, protocol, address, port }],
    ]);
    return failureOf(results.at(-1));
  } catch (error) {
    if (!(error instanceof BinderLost)) throw error;
    return FULL;
  }
}

async function takeAll(account: Attempt["account"], socket: number, scene: Scene): Promise<number> {
  const { protocol } = scene;
  const [results = []] = await askAs(account, scene, [[{ do: "take-all", socket, protocol }]]);
  const failure = failureOf(results.at(-1));
  if (failure !== null) throw new BinderLost("binder-problem", `taking what came: ${failure}`);
  return results.at(-1)?.value ?? 0;
}

function failureOf(result: StepResult | undefined): string | null {
  if (result === undefined) return "there was no result";
  return result.problem ?? result.code ?? null;
}

function ignoreLoss(error: unknown): void {
  if (!(error instanceof BinderLost)) throw error;
}
