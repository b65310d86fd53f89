import { expect, test } from "vitest";
import { explanationText } from "./explanation-text.ts";

const ID = "tcp/ipv4 none@wildcard > none@specific";

test("results without the experiment name the command that measures it", () => {
  const seen = { startedAt: "2026-01-01", isComplete: true, documents: [], files: [], targets: [] };
  expect(explanationText(ID, [], { file: "results.ndjson", ...seen }, ["own.yaml"])).toBe(
    `${ID}\n\nNo observation in results.ndjson of 2026-01-01 (make one: bindcheck run "own.yaml" --filter "${ID}")\n`,
  );
});
