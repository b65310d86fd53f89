import { setTimeout as sleep } from "node:timers/promises";
import type { SupervisedCommand } from "../command/supervised-command.ts";
import type { Listener } from "../listener.ts";
import {
  EVERY_LISTENER,
  findListeners,
  listenerKey,
  type ListenerFilter,
} from "./find-listeners.ts";
import type { Holdings } from "./held-socket.ts";

/** What a command holds in the end. */
export type Awaited =
  | { readonly kind: "holds"; readonly listeners: readonly Listener[] }
  | { readonly kind: "not-started"; readonly code: string }
  | { readonly kind: "ended"; readonly how: string }
  /** Process `pid` of it holds something in a network namespace of its own. */
  | { readonly kind: "elsewhere"; readonly pid: number }
  /** `others` is what it holds that was not asked for. */
  | { readonly kind: "timed-out"; readonly others: readonly Listener[] };

/** Waits until a command holds what is asked for, and a little longer for a server that opens one after the other. */
export async function awaitListeners(
  command: SupervisedCommand,
  holdings: Holdings,
  filter: ListenerFilter,
  { readyMs, signal }: { readonly readyMs: number; readonly signal: AbortSignal },
): Promise<Awaited> {
  const code = await command.started;
  if (code !== null) return { kind: "not-started", code };
  const startedAt = performance.now();
  let steady = { key: "", since: startedAt };
  for (;;) {
    const ending = command.ending();
    const members = await command.members();
    const sockets = members.length === 0 ? [] : await holdings.read(members);
    const listeners = findListeners(sockets, filter);
    const elsewhere = sockets.length === 0 ? holdings.holdsElsewhere(members) : null;
    const now = performance.now();
    const key = `${listeners.map(listenerKey).join()} ${elsewhere}`;
    if (key !== steady.key) steady = { key, since: now };
    const isSteady = now - steady.since >= STEADY_MS;
    if (listeners.length > 0 && isSteady) return { kind: "holds", listeners };
    if (elsewhere !== null && isSteady) return { kind: "elsewhere", pid: elsewhere };
    if (ending !== null && members.length === 0) return { kind: "ended", how: ending };
    if (now - startedAt > readyMs && isSteady)
      return { kind: "timed-out", others: findListeners(sockets, EVERY_LISTENER) };
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

const STEADY_MS = 300;
const LOOK_EVERY_MS = 50;
