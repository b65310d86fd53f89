import { writeSync } from "node:fs";
import type { Random } from "../random.ts";

/** What becomes of a reply, a line with its line feed, on its way to the harness. */
type Vice = (line: string, write: (text: string | Uint8Array) => void, random: Random) => void;

/** The name of a vice. */
export type ViceName = keyof typeof VICES;

export const VICES = {
  /** Something that is not a reply comes before it, after it or instead of it. */
  babbles(line, write, random) {
    const garbage = random.pick(GARBAGE)(random);
    for (const text of random.pick([[garbage], [garbage, line], [line, garbage]])) write(text);
  },
  /** The line ends too early: with a line feed, in the next line, or with the binder. */
  "cuts-off": (line, write, random) => {
    write(line.slice(0, random.integer(0, line.length - 2)));
    const ending = random.pick(["line feed", "next line", "death"]);
    if (ending === "line feed") write("\n");
    if (ending === "death") process.exit(0);
  },
  /** Later replies pass this one. It is right. */
  "comes-late": (line, write, random) => void setTimeout(() => write(line), random.integer(1, 80)),
  /** The reply comes again, at once or later. */
  "says-again": (line, write, random) => {
    write(line);
    setTimeout(() => write(line), random.integer(0, 40));
  },
  /** The reply comes in many pieces, cut also in the middle of characters. It is right. */
  "comes-in-pieces": (line, _write, random) => {
    const bytes = Buffer.from(line);
    for (let at = 0; at < bytes.length;) {
      const size = random.integer(1, 4000);
      writeAll(1, bytes.subarray(at, at + size));
      at += size;
    }
  },
  /** Megabytes on stderr come before it. It is right. */
  "floods-stderr": (line, write, random) => {
    const noise = Buffer.from("[12345.678] warning: everything is deprecated\n".repeat(2000));
    for (let times = random.integer(10, 60); times > 0; times--) writeAll(2, noise);
    write(line);
  },
  /** Nothing is said any more. The binder stays when its harness goes. */
  "falls-silent": () => {
    process.stdout.write = () => true;
    process.stdin.removeAllListeners("end");
    setInterval(() => undefined, 1000);
  },
  /** Dies with megabytes of last words. */
  "dies-loudly": () => {
    writeAll(2, Buffer.from("Aborted (core dumped): everything is lost\n".repeat(50_000)));
    process.exit(134);
  },
} satisfies Readonly<Record<string, Vice>>;

type Garbage = (random: Random) => string | Uint8Array;

const GARBAGE: readonly [Garbage, ...Garbage[]] = [
  () => "Segmentation fault (core dumped)\n",
  () => "\n",
  () => "null\n",
  () => "[]\n",
  () => '{"id":-1,"results":[]}\n',
  () => '{"id":1,"results":{"length":1}}\n',
  () => '{"id":"1","results":[[null]]}\n',
  () => '{"hello":1}\n',
  () => '{"__proto__":{"id":1}}\n',
  () => `${"[".repeat(100_000)}\n`,
  () => `{"id":1,"results":"${"x".repeat(20 * 1024 * 1024)}`,
  (random) => Buffer.from(Array.from({ length: 500 }, () => random.integer(0, 255))),
];

/** A pipe that does not block takes only as much as it has room for. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;)
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
}
