import type { Program, StepResult } from "../../binder/protocol.ts";
import { BinderLost } from "../../binder-client/binder-process.ts";
import { openStep } from "../../trial/endpoint-steps.ts";
import type { Target } from "./find-targets.ts";
import type { Scene } from "./try-ways.ts";

/** How many are sent at once: a server with the shortest of backlogs still takes so many, round after round. */
export const ROUND = 5;

/** The server's queue of connections is full, which is waited for once. */
export const FULL = "the server took no more connections";

/** What was sent is open under names from `first` on, or the problem. */
export type Sent =
  | { readonly first: number; readonly count: number }
  | { readonly problem: string };

/** Sends a round of connections or datagrams to a target. */
export async function sendRound(target: Target, scene: Scene): Promise<Sent> {
  const { binders } = scene;
  const first = binders.reserve(ROUND);
  const program = target.from ? fromPeer(first, target, scene) : toTarget(first, target, scene);
  try {
    const [results = []] = await binders.ask("peer", undefined, [program]);
    const failed = results.find(
      ({ errno, problem }) => errno !== undefined || problem !== undefined,
    );
    const count = target.from ? 1 : ROUND;
    if (failed === undefined && results.length === program.length) return { first, count };
    return { problem: problemText(failed, target) };
  } catch (error) {
    if (!(error instanceof BinderLost)) throw error;
    return { problem: FULL };
  }
}

/** Ends what a round has opened. */
export async function closeRound({ first, count }: { first: number; count: number }, scene: Scene) {
  const close = Array.from({ length: count }, (_, index): Program => [
    { do: "close", socket: first + index },
  ]);
  await scene.binders.ask("peer", undefined, close);
}

function toTarget(socket: number, target: Target, { protocol, port }: Scene): Program {
  const { family, address, on } = target;
  const via = on && family === "ipv4" ? { interface: on.interface } : {};
  const at = family === "ipv6" && on ? `${address.split("%")[0]}%${on.interface}` : address;
  return [{ do: "send-many", socket, count: ROUND, family, protocol, address: at, port, ...via }];
}

/** From the address and port to which the server is connected. */
function fromPeer(socket: number, target: Target, { protocol, port }: Scene): Program {
  const { family, address, from = { address: "", port: 0 } } = target;
  const place = { protocol, family, ...from };
  return [
    openStep({ options: [], state: "bound", api: "socket" }, place, socket, "linux"),
    { do: "connect", socket, family, address, port },
    ...Array.from({ length: ROUND }, () => ({ do: "send", socket, bytes: 1 }) as const),
  ];
}

function problemText(failed: StepResult | undefined, { from }: Target): string {
  const why = failed?.problem ?? failed?.code ?? "there was no result";
  return from === undefined
    ? why
    : `nothing can be sent from ${from.address} port ${from.port}, its peer: ${why}`;
}
