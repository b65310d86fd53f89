// Vice: falls silent, and does not end when its harness goes.
import { becomeBinder } from "./real-binder.mjs";

await becomeBinder(() => {
  process.stdout.write = () => true;
  process.stdin.removeAllListeners("end");
  setInterval(() => undefined, 1000);
});
