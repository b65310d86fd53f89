import { expect, test } from "vitest";
import { optionExperimentId, QUESTIONS } from "../../harness/model/option-experiment.ts";
import { readClaims } from "../../harness/claims/read-claims.ts";
import type { SeenClaim } from "../../harness/results/find-errata.ts";
import { sampleClaim } from "../../tests/samples/claim.ts";
import { explanationText } from "./explanation-text.ts";
import { reproduceCommands } from "./reproduce-commands.ts";

const CONTENT = { protocol: "tcp", family: "ipv4", option: "SO_KEEPALIVE" } as const;
const ID = optionExperimentId(CONTENT);

test("A claim about an option is explained with the question that it answers.", () => {
  const claim = sampleClaim("success", {
    experiment: { id: ID, ...CONTENT },
    step: QUESTIONS.indexOf("set-bound"),
  });
  const text = explanationText(ID, [claim], "results.ndjson", []);
  expect(text.split("\n")).toContain("  success at step set-bound");
  expect(text).toContain(`bindcheck reproduce "${ID}" --language c`);
});

test("A contradicted answer comes with the program that asks its question.", async () => {
  const { documents } = await readClaims([], ["socket-7/options"]);
  const document = documents.find(({ id }) => id === "socket-7/options");
  if (!document) throw new Error("the document is not there");
  const seen: SeenClaim = {
    experiment: ID,
    claim: { expect: "yes", step: "read-back", source: { file: "", line: 1, column: 1 } },
    seen: [],
  };
  expect(await reproduceCommands(document, [seen])).toEqual([
    `bindcheck reproduce "${ID}" --language c --expect "yes" --step read-back`,
  ]);
});
