import type { BinderChannel, ChannelEvents } from "../binder/channel.ts";
import { MOST_OF_A_LINE, type Hello, type Program, type Reply } from "../binder/protocol.ts";
import { splitLines } from "../binder/split-lines.ts";
import { isReply } from "./check-reply.ts";
import { createLastWords } from "./last-words.ts";
import { parseHello, parseObject, shorten } from "./parse-hello.ts";
import { answerLimitMs, startLimitMs } from "./time-limits.ts";
import type { BrokenReason } from "../model/observation.ts";

/** A binder that can no longer be asked; `message` holds what it last said. */
export class BinderLost extends Error {
  override readonly name = "BinderLost";
  readonly reason: BrokenReason;
  constructor(reason: BrokenReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Starts a binder somewhere: gives the way to it at once. */
export type StartBinder = (events: ChannelEvents) => BinderChannel;

/** The harness's end of the way to one binder. */
export interface BinderProcess {
  /** Rejects with BinderLost when the binder does not come up. */
  readonly hello: Promise<Hello>;
  /** Results per program. Rejects with BinderLost when the binder dies, hangs past its time or babbles. */
  ask(programs: readonly Program[], timeoutMs: number): Promise<Reply["results"]>;
  /** Kills it now. */
  end(): void;
}

// How long the slowest binder of each way took to start.
const slowestStarts = new WeakMap<StartBinder, number>();

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: BinderLost) => void;
  readonly timer: NodeJS.Timeout;
}

/** Starts a binder at once; `role` (`first`, `second`) names it in messages. */
export function startBinder(start: StartBinder, role: string): BinderProcess {
  const waiting = new Map<
    number,
    Waiting<Reply["results"]> & { readonly programs: readonly Program[] }
  >();
  let lost: BinderLost | null = null;
  const words = createLastWords();
  const startedAt = performance.now();
  let lastId = 0;
  let greeted: Waiting<Hello> | null = null;

  const lose = (reason: BrokenReason, what: string): void => {
    if (lost) return;
    lost = new BinderLost(reason, `the ${role} binder ${what}${words.text()}`);
    channel.kill();
    for (const waiter of [greeted, ...waiting.values()]) {
      if (waiter) clearTimeout(waiter.timer);
      waiter?.reject(lost);
    }
    waiting.clear();
    greeted = null;
  };
  const deadline = (ms: number, what: string): NodeJS.Timeout =>
    setTimeout(() => lose("binder-hung", `${what} within ${ms} ms`), ms);

  const hello = new Promise<Hello>((resolve, reject) => {
    const limitMs = startLimitMs(slowestStarts.get(start) ?? null);
    greeted = { resolve, reject, timer: deadline(limitMs, "did not start") };
  });
  hello.catch(() => undefined); // what awaits it sees the loss; until then it is not an unhandled rejection

  const takeHello = (text: string): void => {
    const found = parseHello(text);
    if (typeof found === "string" || !greeted)
      return lose("binder-babbled", typeof found === "string" ? found : "said twice what it is");
    clearTimeout(greeted.timer);
    greeted.resolve(found);
    greeted = null;
    const tookMs = performance.now() - startedAt;
    slowestStarts.set(start, Math.max(tookMs, slowestStarts.get(start) ?? 0));
  };
  const takeReply = (line: Partial<Reply>, text: string): void => {
    const waiter = waiting.get(line.id ?? -1);
    if (!waiter || !isReply(line, waiter.programs))
      return lose("binder-babbled", `answered what was not asked: ${shorten(text)}`);
    clearTimeout(waiter.timer);
    waiting.delete(line.id);
    waiter.resolve(line.results);
  };
  const takeLine = (text: string): void => {
    if (lost) return;
    const line = parseObject(text);
    if (!line) lose("binder-babbled", `said: ${shorten(text)}`);
    else if ("hello" in line) takeHello(text);
    else takeReply(line, text);
  };
  const refuse = (): void =>
    lose("binder-babbled", `said more than ${MOST_OF_A_LINE} characters without an end of line`);
  const channel = start({
    onText: splitLines(takeLine, MOST_OF_A_LINE, refuse),
    onWords: (chunk) => words.add(chunk),
    onEnd: (how) => lose("binder-died", how),
  });

  return {
    hello,
    ask(programs, timeoutMs) {
      if (lost) return Promise.reject(lost);
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        channel.write(`${JSON.stringify({ id, programs })}\n`);
        const limitMs = answerLimitMs(timeoutMs, slowestStarts.get(start) ?? null);
        const timer = deadline(limitMs + (channel.delayMs?.() ?? 0), "did not answer");
        waiting.set(id, { resolve, reject, timer, programs });
      });
    },
    end: () => lose("binder-died", "was ended"),
  };
}
