// Vice: speaks another version of the protocol.
import { becomeBinder } from "./real-binder.mjs";

await becomeBinder((line, write) =>
  write(`${JSON.stringify({ ...JSON.parse(line), hello: 99 })}\n`),
);
