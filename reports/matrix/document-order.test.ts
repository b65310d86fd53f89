import { expect, test } from "vitest";
import type { Document } from "../../harness/model/claim.ts";
import type { Line } from "../../harness/results/line.ts";
import { recordedLines } from "../golden/replay.ts";
import { createRunFacts } from "../run-facts.ts";
import { documentOrder } from "./document-order.ts";
import { judged, type Judged } from "./judged.ts";

type LineOf<Type extends Line["type"]> = Line & { readonly type: Type };

const lines = recordedLines();
const run = lines.find((line): line is LineOf<"run"> => line.type === "run")!;
const verdict = lines.find((line): line is LineOf<"verdict"> => line.type === "verdict")!;
const targets = lines.filter((line): line is LineOf<"target"> => line.type === "target");
const linux = targets.filter(({ target }) => target === "local");

const PAIR = "tcp/ipv4 none@wildcard > none@wildcard";
const OF_NODE = "tcp/ipv4 none@wildcard api=node > none@wildcard";
const SCENARIO = "tcp/ipv4 scenario reuse-after-bind";

// Each name says what the document is; the last word is its experiment.
const DOCUMENTS: readonly [
  id: string,
  kind: Document["kind"],
  platform: string,
  experiment: string,
][] = [
  ["measured-linux-pair", "measured", "linux", PAIR],
  ["derived-windows-pair", "derived", "windows", PAIR],
  ["documented-any-pair", "documented", "any", PAIR],
  ["documented-linux-pair", "documented", "linux", PAIR],
  ["documented-windows-scenario", "documented", "windows", SCENARIO],
  ["documented-windows-node", "documented", "windows", OF_NODE],
  ["documented-windows-pair", "documented", "windows", PAIR],
  ["measured-windows-pair", "measured", "windows", PAIR],
];

test("With a Windows target its own tables come first, then the other published pages, then what was derived and measured.", () => {
  expect(ordered(targets)).toEqual([
    "documented-windows-pair",
    "documented-windows-node",
    "documented-windows-scenario",
    "documented-linux-pair",
    "documented-any-pair",
    "derived-windows-pair",
    "measured-windows-pair",
    "measured-linux-pair",
  ]);
});

test("Without one the system's own pages come first.", () => {
  expect(ordered(linux).slice(0, 2)).toEqual(["documented-linux-pair", "documented-any-pair"]);
  expect(ordered(linux).indexOf("measured-linux-pair")).toBeGreaterThan(4);
});

function ordered(measured: readonly Line[]): string[] {
  const facts = createRunFacts();
  const documents = DOCUMENTS.map(([id, kind, platform]) => ({
    ...run.documents[0]!,
    id,
    kind,
    appliesTo: { platform, versions: "*" },
  })) as LineOf<"run">["documents"];
  facts.take({ ...run, documents });
  for (const line of measured) facts.take(line);
  const verdicts = DOCUMENTS.map(([document, , , experiment]): Judged =>
    judged({ ...verdict, document, experiment }, facts),
  );
  return documentOrder(verdicts, facts);
}
