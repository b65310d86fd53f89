// Vice: of the processes that share FILE.1, FILE.2, ... the third does not start.
import { closeSync, openSync } from "node:fs";
import { becomeBinder } from "./real-binder.mjs";

const [, , , file] = process.argv;
if (ownNumber() === 3) process.exit(1);
await becomeBinder(() => undefined);

function ownNumber() {
  for (let number = 1; ; number++) {
    try {
      closeSync(openSync(`${file}.${number}`, "wx"));
      return number;
    } catch {
      // another process has that one
    }
  }
}
