import { expect, test } from "vitest";
import { optionExperimentId, QUESTIONS } from "../../harness/model/option-experiment.ts";
import { readClaims } from "../../harness/claims/read-claims.ts";
import type { SeenClaim } from "../../harness/results/find-errata.ts";
import { sampleClaim } from "../../tests/samples/claim.ts";
import { sampleTargetLine } from "../../tests/samples/recorded-run.ts";
import { diffText } from "./diff-text.ts";
import { explanationText } from "./explanation-text.ts";
import { rankingsText } from "./rankings-text.ts";
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

test("An answer that is not as a document says is shown with its question, as it was observed.", () => {
  const claim = sampleClaim("value 4", {
    experiment: { id: ID, ...CONTENT },
    step: QUESTIONS.indexOf("type"),
  });
  const outcome = { kind: "value", value: "1", size: 1 } as const;
  const fit = { document: claim.document, held: 0, measured: 1, claims: 1 };
  const text = rankingsText([
    {
      target: sampleTargetLine("local"),
      protocol: "tcp",
      fits: [{ ...fit, deviations: [{ claim, outcome }] }],
    },
  ]);
  expect(text).toContain(`${ID}, step type: value 4 is said, value 1 (1 bytes) was seen`);
});

test("An option that changed in several answers is one line of a diff.", () => {
  const change = { target: "local", experiment: ID, old: "value 0 size 4", new: "value 1 size 4" };
  const changed = ["default", "read-back", "inherited"].map((step) => ({ ...change, step }));
  const text = diffText({ targets: [], changed, new: [], gone: [], unstable: [], same: 1 });
  expect(text.split("\n").slice(1)).toEqual([
    `changed: local ${ID}, step default: value 1 size 4, was value 0 size 4, and 2 more answers (all: --json)`,
    "",
  ]);
});
