import path from "node:path";
import {
  BINDER_PROTOCOL_VERSION,
  MOST_OF_A_LINE,
  type Hello,
  type Program,
  type Reply,
} from "../binder/protocol.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { splitLines } from "../binder/split-lines.ts";
import { openChannel } from "./binder-channel.ts";
import { isHello, isReply } from "./check-line.ts";
import type { OtherAccount } from "./other-account.ts";
import type { BrokenReason } from "../model/observation.ts";

/** A program that speaks the binder protocol. */
export interface BinderCommand {
  readonly file: string;
  readonly arguments: readonly string[];
}

/** The binder of this package, which the build makes one file: modules of many files take longer to load. */
export function ownBinder(): BinderCommand {
  const entry = path.join(PACKAGE_ROOT, "dist/binder.cjs");
  return { file: process.execPath, arguments: [entry] };
}

/** A binder that can no longer be asked; `message` holds what it last said. */
export class BinderLost extends Error {
  override readonly name = "BinderLost";
  readonly reason: BrokenReason;
  constructor(reason: BrokenReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The parent's end of the pipe to one binder. */
export interface BinderProcess {
  /** Rejects with BinderLost when the binder does not come up. */
  readonly hello: Promise<Hello>;
  /** Results per program. Rejects with BinderLost when the binder dies, hangs past the deadline or babbles. */
  ask(programs: readonly Program[], timeoutMs: number): Promise<Reply["results"]>;
  /** Kills it now. */
  end(): void;
}

// A Windows Node under an emulator on a loaded machine needs many seconds to come up.
const START_TIMEOUT_MS = 60_000;
// A binder may say much on stderr; the last of it is what helps.
const LAST_WORDS_LENGTH = 400;

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: BinderLost) => void;
  readonly timer: NodeJS.Timeout;
}

/** Starts a binder at once; `role` (`first`, `second`) names it in messages. */
export function startBinder(
  command: BinderCommand,
  role: string,
  account?: OtherAccount,
): BinderProcess {
  const waiting = new Map<
    number,
    Waiting<Reply["results"]> & { readonly programs: readonly Program[] }
  >();
  let lost: BinderLost | null = null;
  let words = "";
  let lastId = 0;
  let greeted: Waiting<Hello> | null = null;

  const lose = (reason: BrokenReason, what: string): void => {
    if (lost) return;
    lost = new BinderLost(reason, `the ${role} binder ${what}${lastWords(words)}`);
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
    greeted = { resolve, reject, timer: deadline(START_TIMEOUT_MS, "did not start") };
  });
  hello.catch(() => undefined); // whoever awaits it sees the loss; until then it is no unhandled rejection

  const takeHello = (line: Partial<Hello>, text: string): void => {
    if (!greeted || line.hello !== BINDER_PROTOCOL_VERSION)
      return lose(
        "binder-babbled",
        `speaks protocol ${typeof line.hello === "number" ? line.hello : "of no number"}, not ${BINDER_PROTOCOL_VERSION}`,
      );
    if (!isHello(line)) return lose("binder-babbled", `did not say what it is: ${shorten(text)}`);
    clearTimeout(greeted.timer);
    greeted.resolve(line);
    greeted = null;
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
    else if ("hello" in line) takeHello(line as Partial<Hello>, text);
    else takeReply(line, text);
  };
  const refuse = (): void =>
    lose("binder-babbled", `said more than ${MOST_OF_A_LINE} characters without an end of line`);
  const channel = openChannel(command, account, {
    onText: splitLines(takeLine, MOST_OF_A_LINE, refuse),
    onWords: (chunk) => (words = (words + chunk).slice(-LAST_WORDS_LENGTH)),
    onEnd: (how) => lose("binder-died", how),
  });

  return {
    hello,
    ask(programs, timeoutMs) {
      if (lost) return Promise.reject(lost);
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const timer = deadline(timeoutMs, "did not answer");
        waiting.set(id, { resolve, reject, timer, programs });
        channel.write(`${JSON.stringify({ id, programs })}\n`);
      });
    },
    end: () => lose("binder-died", "was ended"),
  };
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

function shorten(text: string): string {
  return text.length > LAST_WORDS_LENGTH ? `${text.slice(0, LAST_WORDS_LENGTH)}…` : text;
}

function lastWords(words: string): string {
  const said = words.trim();
  return said ? `; it last said: ${said}` : "";
}
