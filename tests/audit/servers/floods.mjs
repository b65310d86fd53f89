// Writes so many MiB, then why it ends, in several lines.
import { writeSync } from "node:fs";
const line = `${"x".repeat(1023)}\n`;
const chunk = Buffer.from(line.repeat(64));
for (let written = 0; written < Number(process.argv[2]) * 16; written++) {
  for (let at = 0; at < chunk.length;) {
    try {
      at += writeSync(1, chunk, at);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}
writeSync(2, "the cause is\n  on two lines\n");
process.exitCode = 1;
