// Vice: tells another port than the one that was asked for, as a proxy between the socket and the system may.
import { becomeBinder } from "./real-binder.mjs";

const move = (result) => ("port" in result ? { ...result, port: 9 } : result);
await becomeBinder((_line, write, spoil) => write(spoil((results) => results.map(move))));
