import { expect, test } from "vitest";
import { readClaims } from "../../harness/claims/read-claims.ts";
import type { ObservationLine, TargetLine } from "../../harness/results/line.ts";
import { recordedLines } from "../golden/replay.ts";
import { explanationText } from "./explanation-text.ts";

const ID = "tcp/ipv4 none@wildcard > none@specific";

test("results without the experiment name the command that measures it", () => {
  const seen = { startedAt: "2026-01-01", isComplete: true, documents: [], files: [], targets: [] };
  expect(explanationText(ID, [], { file: "results.ndjson", ...seen }, ["own.yaml"])).toBe(
    `${ID}\n\nNo observation in results.ndjson of 2026-01-01 (make one: bindcheck run "own.yaml" --filter "${ID}")\n`,
  );
});

test("what is said of a measured system comes before what is said of others, judged or not", async () => {
  const { claims } = await readClaims([], ["socket-7/bound", "so-exclusiveaddruse/table-1"]);
  const lines = recordedLines();
  const target = lines.find((line): line is TargetLine => line.type === "target")!;
  const observation = lines.find((line): line is ObservationLine => line.type === "observation")!;
  const text = explanationText(
    ID,
    claims.filter(({ experiment }) => experiment.id === ID),
    {
      file: "results.ndjson",
      startedAt: "2026-01-01",
      isComplete: true,
      documents: [],
      files: [],
      targets: [{ target, observation, verdicts: [] }],
    },
    [],
  );
  expect(target.platform.name).toBe("linux");
  expect(text).toMatch(
    /Claims about the systems that were measured\n[^]*socket-7\/bound[^]*Claims about other systems\n[^]*so-exclusiveaddruse\/table-1/,
  );
});

test.runIf(process.platform === "linux")(
  "Without an observation, what is said of the system at hand comes before what is said of others.",
  async () => {
    const { claims } = await readClaims([], ["stack-overflow-14388707/bsd", "socket-7/bound"]);
    const onIt = claims.filter(({ experiment }) => experiment.id === ID);
    expect(explanationText(ID, onIt, "results.ndjson", [])).toMatch(
      /\nClaims about this system\n[^]*socket-7\/bound[^]*\nClaims about other systems\n[^]*14388707\/bsd/,
    );
  },
);
