// Vice: dies in the middle, with last words.
import { writeSync } from "node:fs";
import { becomeBinder } from "./real-binder.mjs";

await becomeBinder(() => {
  writeSync(2, "my disk is full\n");
  process.exit(7);
});
