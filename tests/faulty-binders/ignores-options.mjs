// Vice: reads every option back as off, as a system does that takes an option and ignores it.
import { becomeBinder } from "./real-binder.mjs";

const turnOff = ({ options, ...result }) => ({
  ...result,
  options: Object.fromEntries(Object.keys(options ?? {}).map((name) => [name, 0])),
});
await becomeBinder((_line, write, spoil) => write(spoil((results) => results.map(turnOff))));
