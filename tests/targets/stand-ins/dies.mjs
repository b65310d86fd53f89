// Dies after three observations, in the middle of a line.
import { appendFileSync, writeSync } from "node:fs";
import { begin, results } from "./stream.mjs";

await begin();
appendFileSync(results, '{"type":"observation","target":"lo');
writeSync(2, "out of\nluck\n");
process.exit(70);
