// Writes a whole stream and exits 1, as a harness does that contradicts a claim.
import { begin, put } from "./stream.mjs";

await begin({ arguments: process.argv.slice(2), platform: process.platform });
put({ type: "summary" });
process.exitCode = 1;
