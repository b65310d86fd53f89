// Cannot measure any further, and says so.
import { begin, put } from "./stream.mjs";

await begin();
put(
  { type: "target-problem", target: "local", problem: "The port range is taken." },
  { type: "summary" },
);
process.exitCode = 3;
