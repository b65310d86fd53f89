import type { ChannelEvents, BinderChannel } from "../harness/binder/channel.ts";
import type { Hello } from "../harness/binder/protocol.ts";
import type { OpenTarget } from "../harness/binder-client/open-target.ts";
import { relayBinders } from "../harness/binder-client/relayed-binders.ts";
import { TargetProblem } from "./runner.ts";
import type { WayIn } from "./way-in.ts";

/** A target that one pipe leads to: its first binder starts the others. */
export interface RelayedTarget extends OpenTarget {
  readonly hello: Hello;
}

/** What is known of such a target. */
export interface RelayedSettings {
  /** For messages. */
  readonly name: string;
  /** One sentence on how the way in was lost, once it is over. */
  readonly describe: () => string;
  readonly signal: AbortSignal;
}

/** Waits for the binder at the end of a way in. Throws TargetProblem when it does not come up. */
export async function openRelayed(
  way: WayIn,
  { name, describe, signal }: RelayedSettings,
): Promise<RelayedTarget> {
  const relay = relayBinders((events) => channelOf(way, events), SLOW);
  const problem = (): string | null => {
    const wrong = relay.wrong();
    if (wrong !== null) return `${name} ${wrong}`;
    return way.ending() === null ? null : describe();
  };
  const close = async (): Promise<void> => {
    // The end of its input lets the other side clean up.
    way.child.stdin?.end();
    const timer = setTimeout(way.end, relay.wrong() === null ? GRACE_MS : 0);
    await way.over;
    clearTimeout(timer);
  };
  const timer = setTimeout(way.end, HELLO_MS);
  signal.addEventListener("abort", way.end);
  try {
    const hello = await relay.hello;
    const { start, startAsOther } = relay;
    const { otherAccount } = hello;
    const outside = { runtime: {} };
    return { hello, start, startAsOther, outside, otherAccount, problem, close };
  } catch {
    await close();
    throw new TargetProblem(problem() ?? `${name} is not a binder`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", way.end);
  }
}

// Room for a way across the world and for one that carries 8 kB a second.
const SLOW = { delayMs: 5000, bytesPerMs: 8 };
// Far more than it takes that is going to succeed.
const HELLO_MS = 60_000;
// Long enough for the other side to end its processes and remove its files.
const GRACE_MS = 10_000;

function channelOf(way: WayIn, events: ChannelEvents): BinderChannel {
  const { stdin, stdout, stderr } = way.child;
  stdout?.setEncoding("utf8").on("data", events.onText);
  stderr?.on("data", events.onWords);
  void way.over.then(() => events.onEnd(`ended by itself (${way.how() ?? ""})`));
  return { write: (text) => void stdin?.write(text), kill: () => stdin?.end() };
}
