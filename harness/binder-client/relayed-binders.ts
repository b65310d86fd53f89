import type { BinderChannel, ChannelEvents } from "../binder/channel.ts";
import { MOST_OF_A_LINE, type Hello } from "../binder/protocol.ts";
import { splitLines } from "../binder/split-lines.ts";
import { createLastWords } from "./last-words.ts";
import { parseHello, shorten } from "./parse-hello.ts";
import type { StartBinder } from "./binder-process.ts";

/** Binders that one binder starts beside itself; all their lines go through its own way. */
export interface RelayedBinders {
  /** Of the binder that relays. Rejects with an error that says how that was lost. */
  readonly hello: Promise<Hello>;
  readonly start: StartBinder;
  /** Starts a binder under the other account that the hello names. */
  readonly startAsOther: StartBinder;
  /** How the way ended, with its last words; null while it is there. */
  ending(): string | null;
  /** What was said that was wrong, where that is why it ended. */
  wrong(): string | null;
  end(): void;
}

/** How slow a way may be. */
export interface WaySpeed {
  readonly delayMs: number;
  readonly bytesPerMs: number;
}

/** A pipe on this machine. */
const NO_DELAY: WaySpeed = { delayMs: 0, bytesPerMs: Number.POSITIVE_INFINITY };

interface Member {
  readonly events: ChannelEvents;
  /** Lengths of its requests that have no answer yet, and when they were written. */
  readonly unanswered: { readonly bytes: number; readonly at: number }[];
}

/** Starts the binder that relays, at once; further ones when it has said that it is up. */
export function relayBinders(start: StartBinder, speed: WaySpeed = NO_DELAY): RelayedBinders {
  const members = new Map<string, Member>();
  const words = createLastWords();
  let lastNumber = 0;
  let heardAt = 0;
  let bytesUnderWay = 0;
  let ended: string | null = null;
  let wrong: string | null = null;
  let greet: { resolve(hello: Hello): void; reject(error: Error): void } | null = null;
  const hello = new Promise<Hello>((resolve, reject) => (greet = { resolve, reject }));
  hello.catch(() => undefined); // the caller awaits it, or the binders tell

  const forget = (number: string): Member | undefined => {
    const member = members.get(number);
    members.delete(number);
    bytesUnderWay -= member?.unanswered.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
    return member;
  };
  const lose = (how: string): void => {
    if (ended !== null) return;
    ended = how + words.text();
    greet?.reject(new Error(ended));
    for (const number of members.keys())
      forget(number)?.events.onEnd(`ended with its way: ${ended}`);
    way.kill();
  };
  const refuse = (what: string): void => {
    if (ended === null) wrong = what;
    lose(what);
  };
  const takeBeforeHello = (line: string): void => {
    // A login may greet before it.
    if (!line.startsWith("{")) return words.add(`${line}\n`);
    const found = parseHello(line);
    if (typeof found === "string") return refuse(found);
    greet?.resolve(found);
    greet = null;
  };
  const takeLine = (line: string): void => {
    if (ended !== null) return;
    heardAt = performance.now();
    if (greet) return takeBeforeHello(line);
    const [, number = "", mark, text = ""] = /^(\d+) (?:([?!]) )?(.*)$/s.exec(line) ?? [];
    if (number === "") return refuse(`said: ${shorten(line)}`);
    const member = members.get(number); // one that was ended may still have lines under way
    if (mark === "?") member?.events.onWords(text);
    else if (mark === "!") forget(number)?.events.onEnd(text);
    else {
      bytesUnderWay -= member?.unanswered.shift()?.bytes ?? 0;
      member?.events.onText(`${text}\n`);
    }
  };
  const way = start({
    onText: splitLines(takeLine, MOST_OF_A_LINE, () =>
      refuse(`said more than ${MOST_OF_A_LINE} characters without an end of line`),
    ),
    onWords: (chunk) => words.add(chunk),
    onEnd: lose,
  });

  const startWith =
    (order: string): StartBinder =>
    (events): BinderChannel => {
      const number = String(++lastNumber);
      const member: Member = { events, unanswered: [] };
      members.set(number, member);
      const send = (text: string): void => {
        if (ended === null && members.has(number)) way.write(`${number} ${text}`);
      };
      hello.then(
        () => send(`${order}\n`),
        () => forget(number)?.events.onEnd(`cannot be started: ${ended}`),
      );
      return {
        write(text) {
          member.unanswered.push({ bytes: text.length, at: performance.now() });
          bytesUnderWay += text.length;
          send(text);
        },
        kill() {
          const [oldest] = member.unanswered;
          // Nothing from any of them since: the one that relays hangs, and kills none.
          if (oldest && heardAt < oldest.at && performance.now() - oldest.at > speed.delayMs)
            refuse("passes nothing on any more");
          send("-\n");
          forget(number);
        },
        delayMs: () => speed.delayMs + Math.ceil(bytesUnderWay / speed.bytesPerMs),
      };
    };
  return {
    hello,
    start: startWith("+"),
    startAsOther: startWith("+ other"),
    ending: () => ended,
    wrong: () => wrong,
    end: () => lose("was ended"),
  };
}
