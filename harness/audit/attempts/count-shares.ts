import { setTimeout as sleep } from "node:timers/promises";
import type { Program } from "../../binder/protocol.ts";
import { BinderLost } from "../../binder-client/binder-process.ts";
import { coverageOf, relate } from "../coverage.ts";
import type { Attempt, Share } from "./attempt.ts";
import type { Target } from "./find-targets.ts";
import { closeRound, FULL, ROUND, sendRound } from "./send-round.ts";
import { askAs, prepareWay, readWay, type Scene } from "./try-ways.ts";

/** Connections or datagrams that go to each address. */
export const CENSUS_COUNT = 100;

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
  const prepared = prepareWay(attempt, scene);
  const { open, close, socket } = prepared;
  const join = concerned.map((target) => joinProgram(socket, target));
  try {
    const [results = []] = await askAs(attempt.account, scene, [open, ...join]);
    if (readWay(prepared, results).kind !== "success")
      return { ...attempt, outcome: broken("it got in once and was refused the next time") };
    const shares: Share[] = [];
    for (const target of concerned) {
      const { address } = target;
      const share = full.has(address)
        ? { ...nameOf(target), sent: 0, taken: 0, problem: FULL }
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

function broken(detail: string): Attempt["outcome"] {
  return { kind: "broken", reason: "binder-problem", detail };
}

/** A member of the group gets a copy; a socket of the other version of IP is refused, and gets none. */
function joinProgram(socket: number, { family, address, on }: Target): Program {
  if (on === undefined) return [];
  const own = on.interface;
  return family === "ipv4"
    ? [{ do: "join-group", socket, family, group: address, interface: own }]
    : [{ do: "join-group", socket, family, group: `${address.split("%")[0]}%${own}` }];
}

function nameOf({ address, on, from }: Target): Pick<Share, "address" | "interface" | "from"> {
  return { address, ...(on && { interface: on.name }), ...(from && { from }) };
}

/** Sends round by round; connections that were counted are ended before the next round. */
async function countShare(
  { account }: Attempt,
  intruder: number,
  target: Target,
  scene: Scene,
): Promise<Share> {
  const name = nameOf(target);
  let [sent, taken] = [0, 0];
  while (sent < CENSUS_COUNT) {
    const round = await sendRound(target, scene);
    if ("problem" in round) return { ...name, sent, taken, problem: round.problem };
    sent += ROUND;
    taken += await takeAll(account, intruder, scene);
    await closeRound(round, scene);
  }
  // What has not come by then does not come.
  await sleep(LAST_CALL_MS);
  taken += await takeAll(account, intruder, scene);
  // Every member should have got a copy, so that the server has got none either, for all that is known.
  const isUnknown = target.on !== undefined && taken === 0;
  return { ...name, sent, taken, ...(isUnknown && { problem: "nothing arrived" }) };
}

const LAST_CALL_MS = 20;

async function takeAll(account: Attempt["account"], socket: number, scene: Scene): Promise<number> {
  const { protocol } = scene;
  const [[result] = []] = await askAs(account, scene, [[{ do: "take-all", socket, protocol }]]);
  const failure = result === undefined ? "there was no result" : (result.problem ?? result.code);
  if (failure !== undefined) throw new BinderLost("binder-problem", `taking what came: ${failure}`);
  return result?.value ?? 0;
}

function ignoreLoss(error: unknown): void {
  if (!(error instanceof BinderLost)) throw error;
}
