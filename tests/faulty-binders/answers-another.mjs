// Vice: answers a request that was not made.
import { becomeBinder } from "./real-binder.mjs";

await becomeBinder((line, write) =>
  write(`${JSON.stringify({ ...JSON.parse(line), id: 1_000_000 })}\n`),
);
