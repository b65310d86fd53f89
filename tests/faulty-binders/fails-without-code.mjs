// Vice: tells of a failed call without its error, as a broken system does.
import { becomeBinder } from "./real-binder.mjs";

const failed = { errno: 0, code: "error 0" };
await becomeBinder((_line, write, spoil) =>
  write(spoil((results) => [...results.slice(0, -1), failed])),
);
