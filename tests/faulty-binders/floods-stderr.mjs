// Vice: says megabytes on stderr. Its answers are right.
import { writeSync } from "node:fs";
import { becomeBinder } from "./real-binder.mjs";

await becomeBinder((line, write) => {
  const noise = "warning: everything is deprecated\n".repeat(1000);
  for (let count = 0; count < 100; count++) writeSync(2, noise);
  write(line);
});
