import { writeFileSync } from "node:fs";
import { readKnownDeviations } from "./read-known.ts";
import {
  COMPILED_DEVIATIONS,
  SHIPPED_FOLDER,
  shippedTexts,
  type CompiledDeviations,
} from "./shipped-deviations.ts";

// Part of the build: the package's own known deviations are parsed and checked once, here, so that a run need not.
const texts = shippedTexts();
const deviations = readKnownDeviations(SHIPPED_FOLDER);
writeFileSync(
  COMPILED_DEVIATIONS,
  JSON.stringify({ texts, deviations } satisfies CompiledDeviations),
);
