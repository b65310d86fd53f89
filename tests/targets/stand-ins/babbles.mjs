// Writes a line that is no JSON.
import { appendFileSync } from "node:fs";
import { begin, results } from "./stream.mjs";

await begin();
appendFileSync(results, "Segmentation fault\n");
setInterval(() => {}, 1000);
