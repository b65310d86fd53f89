import { openChildChannel } from "./child-channel.ts";
import type { BinderChannel } from "./channel.ts";
import { findOtherAccount } from "./other-account.ts";
import { MOST_OF_A_LINE } from "./protocol.ts";
import { splitLines } from "./split-lines.ts";

/** Starts further binders beside this one and passes lines on; docs/binder-protocol.md, "The relay". */
export interface Relay {
  /** Takes a line of the harness that begins with a channel's number. */
  take(line: string): void;
  /** Ends every binder that was started. */
  end(): void;
}

/** Lines are passed on as bytes, one character each, and never decoded. `say` gets whole lines. */
export function openRelay(say: (text: string) => void): Relay {
  const channels = new Map<string, BinderChannel>();
  return {
    take(line) {
      const [, number = "", order = "", rest = ""] = /^(\d+) (?:(\+.*|-)$|(.*))/s.exec(line) ?? [];
      if (order.startsWith("+")) {
        channels.set(
          number,
          openMember(number, order !== "+", say, () => void channels.delete(number)),
        );
        return;
      }
      const channel = channels.get(number);
      if (order === "-") channel?.kill();
      else channel?.write(`${rest}\n`);
    },
    end() {
      for (const channel of channels.values()) channel.kill();
    },
  };
}

/** How often the last words of a binder are passed on while it goes on talking, in milliseconds. */
const WORDS_EVERY_MS = 100;
const MOST_WORDS = 400;

function openMember(
  number: string,
  isOther: boolean,
  say: (text: string) => void,
  forget: () => void,
): BinderChannel {
  let words = "";
  let timer: NodeJS.Timeout | null = null;
  const passWords = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (words) say(`${number} ? ${words.replaceAll(/[\r\n]+/g, " ")}\n`);
    words = "";
  };
  const end = (how: string): void => {
    passWords();
    forget();
    say(`${number} ! ${how}\n`);
  };
  const account = isOther ? findOtherAccount() : undefined;
  if (account && "problem" in account) {
    end(`cannot be started: ${account.problem}`);
    return { write: () => undefined, kill: () => undefined };
  }
  const channel = openChildChannel(
    { file: process.execPath, arguments: [process.argv[1] ?? ""] },
    account,
    {
      onText: splitLines(
        (line) => say(`${number} ${line}\n`),
        MOST_OF_A_LINE,
        () => {
          words += ` (more than ${MOST_OF_A_LINE} characters without an end of line)`;
          channel.kill();
        },
      ),
      onWords(chunk) {
        words = (words + Buffer.from(chunk).toString("latin1")).slice(-MOST_WORDS);
        timer ??= setTimeout(passWords, WORDS_EVERY_MS).unref();
      },
      onEnd: (how) => end(Buffer.from(how).toString("latin1")),
    },
    "latin1",
  );
  return channel;
}
