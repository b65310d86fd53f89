// Vice: leaves the last step of a program out of its results.
import { becomeBinder } from "./real-binder.mjs";

await becomeBinder((_line, write, spoil) => write(spoil((results) => results.slice(0, -1))));
