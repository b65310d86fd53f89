import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Duplex, Readable, Writable } from "node:stream";
import type { BinderChannel, ChannelEvents } from "../harness/binder/channel.ts";
import { MOST_OF_A_LINE } from "../harness/binder/protocol.ts";
import { splitLines } from "../harness/binder/split-lines.ts";
import type { StartBinder } from "../harness/binder-client/binder-process.ts";
import { READY, READY_WITHOUT_IPV6, TORN } from "./prepare/uml-init.ts";

/** One end of a serial line. */
type SerialLine = Readable | Writable | null | undefined;

/** Where requests are written, and what becomes of the lines. */
export interface SerialSettings {
  /** A folder that both sides see, and that binders start in. */
  readonly folder: string;
  /** How the other side ended; null while it is there. */
  ending(): string | null;
  /** Called when the other side has said that it has no IPv6; before any binder answers. */
  onLackOfIpv6(): void;
  readonly over: Promise<void>;
}

/**
 * Binders that have a serial line each, numbered from 1; the program of `umlInit` starts and ends them as the control
 * line says, and tells on their own line when one has ended. A line is used again.
 */
export function serialBinders(
  control: SerialLine,
  lines: readonly SerialLine[],
  { folder, ending, onLackOfIpv6, over }: SerialSettings,
): StartBinder {
  const free = lines.map((_, index) => index + 1);
  const users = new Map<number, SerialUser>();
  const waiting: { readonly begin: (line: number) => void; readonly events: ChannelEvents }[] = [];
  let requests = 0;
  let orders = "";
  let isReady = false;
  const order = (line: number, what: "+" | "-"): void => {
    if (isReady) (control as Duplex).write(`${line} ${what}\n`);
    else orders += `${line} ${what}\n`;
  };
  const release = (line: number, how: string): void => {
    users.get(line)?.end(how);
    users.delete(line);
    const next = waiting.shift();
    if (next) next.begin(line);
    else free.push(line);
  };
  for (const [index, stream] of lines.entries()) {
    const line = index + 1;
    const duplex = stream as Duplex;
    duplex.on("error", () => undefined); // the other side is gone; its end tells
    duplex.setEncoding("utf8").on(
      "data",
      splitLines(
        (text) => {
          if (text.startsWith("! ")) release(line, text.slice(2));
          else if (text !== "" && !text.includes(TORN)) users.get(line)?.take(text);
        },
        MOST_OF_A_LINE,
        () => users.get(line)?.take("more than any honest line"),
      ),
    );
  }
  (control as Duplex).on("error", () => undefined).setEncoding("utf8");
  (control as Duplex).on(
    "data",
    splitLines(
      (line) => {
        if (isReady || !line.includes(READY)) return;
        isReady = true;
        if (line.includes(READY_WITHOUT_IPV6)) onLackOfIpv6();
        if (orders !== "") (control as Duplex).write(orders);
      },
      MOST_OF_A_LINE,
      () => undefined,
    ),
  );
  void over.then(() => {
    for (const [line, user] of users) {
      users.delete(line);
      user.end(`ended with its kernel: ${ending()}`);
    }
    for (const { events } of waiting.splice(0)) events.onEnd(`cannot be started: ${ending()}`);
  });
  return (events): BinderChannel => {
    const files: string[] = [];
    const unsent: string[] = [];
    let own: number | null = null;
    let isKilled = false;
    const send = (text: string): void => {
      if (own !== null) void (lines[own - 1] as Duplex).write(text);
      else unsent.push(text);
    };
    const begin = (line: number): void => {
      own = line;
      users.set(line, serialUser(events, files));
      order(line, "+");
      if (isKilled) order(line, "-");
      unsent.splice(0).forEach(send);
    };
    const line = free.shift();
    if (ending() !== null) setImmediate(() => events.onEnd(`cannot be started: ${ending()}`));
    else if (line === undefined) waiting.push({ begin, events });
    else begin(line);
    return {
      write(text) {
        // More than a few kilobytes at once get stuck in the kernel's buffer of the line, with all that follows.
        const name = String(++requests);
        writeFileSync(join(folder, name), text, "utf8");
        files.push(join(folder, name));
        send(`@${name}\n`);
      },
      kill() {
        if (isKilled) return;
        isKilled = true;
        if (own !== null && users.has(own)) order(own, "-");
      },
    };
  };
}

interface SerialUser {
  take(text: string): void;
  end(how: string): void;
}

/** The files that hold requests go when as many answers have come. */
function serialUser(events: ChannelEvents, files: string[]): SerialUser {
  const forget = (): void => {
    const file = files.shift();
    if (file !== undefined) rmSync(file, { force: true });
  };
  return {
    take(text) {
      if (text.startsWith("? ")) return events.onWords(text.slice(2));
      events.onText(`${text}\n`);
      if (text.startsWith('{"id"')) forget();
    },
    end(how) {
      while (files.length > 0) forget();
      events.onEnd(how);
    },
  };
}
