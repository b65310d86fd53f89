// Vice: gives the same answer twice.
import { becomeBinder } from "./real-binder.mjs";

await becomeBinder((line, write) => {
  write(line);
  write(line);
});
