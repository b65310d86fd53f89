import { writeFileSync } from "node:fs";
import {
  COMPILED_DEVIATIONS,
  DEVIATION_SOURCES,
  parseShipped,
  shippedSources,
} from "./shipped-deviations.ts";

// Part of the build: the package's own known deviations are parsed and checked once, here, so that a run need not.
writeFileSync(COMPILED_DEVIATIONS, JSON.stringify(await parseShipped()));
writeFileSync(DEVIATION_SOURCES, shippedSources());
