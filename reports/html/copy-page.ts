import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";

// tsc leaves behind what is no TypeScript. This file runs as dist/reports/html/copy-page.js.
const source = new URL("../../../reports/html/page/", import.meta.url);
cpSync(fileURLToPath(source), fileURLToPath(new URL("page/", import.meta.url)), {
  recursive: true,
});
