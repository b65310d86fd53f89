// Vice: says something that is not a reply.
import { becomeBinder } from "./real-binder.mjs";

await becomeBinder((_line, write) => write("Segmentation fault (core dumped)\n"));
