import { PLATFORMS } from "../../../harness/model/vocabulary.ts";
import { createDeviationFinder } from "../../../harness/verdicts/known-deviation.ts";
import { readKnownDeviations } from "../../../harness/verdicts/read-known.ts";
import { sampleClaim } from "../../samples/claim.ts";
import { takeFile, type FuzzKind } from "../kind.ts";
import { spoiltYaml } from "../spoil.ts";

const SAMPLE = {
  platform: "linux",
  deviations: [
    {
      document: "sample",
      observed: "EADDRINUSE",
      experiments: ["tcp/ipv4 * > *", "tcp/ipv4 none@wildcard > none@wildcard"],
      reason: "looked at",
      link: "https://example.org/",
      expires: "2030-01-01",
      versions: ">=5 <7",
    },
    { document: "sample", observed: "to a+b", experiments: ["*"], step: "2 census", reason: "so" },
  ],
};

const WORDS = [
  ...PLATFORMS,
  "success",
  "listen EADDRINUSE",
  "10013",
  "value 5 size 4",
  "to a",
  "*",
  "**",
  ">=8 ||",
  "sample",
  "2026-13-01",
  "2026-01-01",
  `${"*a".repeat(200)}*`,
  "tcp/*/*/*/*/*/*",
  "[(*)]",
  "https://",
  10_048,
];

export function knownDeviations(): FuzzKind {
  return {
    name: "known-deviations",
    what: "files of known deviations",
    share: 5,
    texts: spoiltYaml(SAMPLE, WORDS),
    take: (_text, file) =>
      takeFile(file, () => {
        const find = createDeviationFinder(readKnownDeviations(file));
        find(sampleClaim("success"), null);
      }),
  };
}
