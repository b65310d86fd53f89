// Vice: answers, and dies with all its sockets.
import { becomeBinder } from "./real-binder.mjs";

await becomeBinder((line, write) => {
  write(line);
  process.exit(7);
});
