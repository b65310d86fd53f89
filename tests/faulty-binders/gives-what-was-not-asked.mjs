// Vice: gives a number of bytes for a step that moves none.
import { becomeBinder } from "./real-binder.mjs";

await becomeBinder((_line, write, spoil) =>
  write(spoil((results) => results.map((result) => ({ ...result, value: 1 })))),
);
