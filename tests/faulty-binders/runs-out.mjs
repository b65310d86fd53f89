// Vice: has no file descriptors left.
import { becomeBinder } from "./real-binder.mjs";

const failed = { errno: 24, code: "EMFILE", call: "socket" };
await becomeBinder((_line, write, spoil) =>
  write(spoil((results) => [...results.slice(0, -1), failed])),
);
