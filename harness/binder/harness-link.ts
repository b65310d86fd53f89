import { closeSync, openSync, read, readFileSync, writeSync } from "node:fs";
import net from "node:net";
import { MOST_OF_A_LINE } from "./protocol.ts";
import { splitLines } from "./split-lines.ts";

/** Where requests come from and replies go. Text is bytes, one character each, so that a relay passes it on unread. */
export interface HarnessLink {
  /** Hands over each line; `onEnd` when the harness hangs up, or says a line longer than any honest one. */
  read(onLine: (line: string) => void, onEnd: (why: "gone" | "endless") => void): void;
  write(text: string): void;
  exit(code: number): never;
}

/**
 * stdin and stdout; or the files of the arguments `--files IN OUT`; or, for a binder under another account that no
 * pipe reaches, a loopback connection that opens with the token of `BINDCHECK_CHANNEL` (`PORT:TOKEN`).
 */
export function openHarnessLink(): HarnessLink {
  const [, , flag, input, output] = process.argv;
  if (flag === "--files" && input !== undefined && output !== undefined)
    return openFiles(input, output);
  const key = process.env["BINDCHECK_CHANNEL"];
  if (key === undefined) return streamLink(process.stdin, process.stdout);
  delete process.env["BINDCHECK_CHANNEL"];
  const [port, token] = key.split(":");
  const socket = net.connect({ host: "127.0.0.1", port: Number(port) });
  socket.setNoDelay(true);
  socket.write(`${token}\n`);
  socket.on("error", () => process.exit(1)); // the harness is gone
  return streamLink(socket, socket);
}

function streamLink(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): HarnessLink {
  return {
    read(onLine, onEnd) {
      const push = splitLines(onLine, MOST_OF_A_LINE, () => onEnd("endless"));
      input.setEncoding("latin1").on("data", push);
      input.on("end", () => onEnd("gone"));
    },
    write: (text) => void output.write(text, "latin1"),
    exit: (code) => process.exit(code),
  };
}

const CHUNK_BYTES = 64 * 1024;

/**
 * Files that are read and written as they are, such as FIFOs and serial lines: not as streams, because Node under an
 * emulator gets no pipes from outside. A line `@PATH` stands for the line in that file: a serial line takes no long ones.
 */
function openFiles(input: string, output: string): HarnessLink {
  const to = openSync(output, "r+");
  const from = output === input ? to : openSync(input, "r");
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const takePath = (line: string, onLine: (line: string) => void): void =>
    line.startsWith("@") ? onLine(readFileSync(line.slice(1), "latin1").trimEnd()) : onLine(line);
  return {
    read(onLine, onEnd) {
      const push = splitLines(
        (line) => takePath(line, onLine),
        MOST_OF_A_LINE,
        () => onEnd("endless"),
      );
      const next = (): void =>
        read(from, chunk, 0, chunk.length, null, (error, size) => {
          if (error || size === 0) return onEnd("gone");
          push(chunk.toString("latin1", 0, size));
          next();
        });
      next();
    },
    write(text) {
      const bytes = Buffer.from(text, "latin1");
      for (let at = 0; at < bytes.length;) at += writeSync(to, bytes, at);
    },
    // A read that is under way would hold `process.exit` up for ever.
    exit() {
      closeSync(to);
      process.kill(process.pid, "SIGKILL");
      throw new Error("it goes on after SIGKILL");
    },
  };
}
