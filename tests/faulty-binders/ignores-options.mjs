// Vice: reads every option back as off, as a system does that takes an option and ignores it.
import { becomeBinder } from "./real-binder.mjs";

const turnOff = (result) => ("value" in result ? { value: 0 } : result);
await becomeBinder((_line, write, spoil) => write(spoil((results) => results.map(turnOff))));
