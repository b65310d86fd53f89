// Vice: loses the last program's results.
import { becomeBinder } from "./real-binder.mjs";

await becomeBinder((line, write) => {
  const { id, results } = JSON.parse(line);
  write(`${JSON.stringify({ id, results: results.slice(0, -1) })}\n`);
});
