// Vice: lets a later answer pass an earlier one. All its answers are right.
import { becomeBinder } from "./real-binder.mjs";

await becomeBinder((line, write) => setTimeout(() => write(line), 50));
