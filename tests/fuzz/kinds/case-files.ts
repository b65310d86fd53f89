import { readFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { parseAllDocuments, stringify } from "yaml";
import { readClaims } from "../../../harness/claims/read-claims.ts";
import {
  ADDRESS_KINDS,
  NODE_OPTIONS,
  PLATFORMS,
  SHARING_OPTIONS,
} from "../../../harness/model/vocabulary.ts";
import { STEPS } from "../../../harness/model/steps.ts";
import { PACKAGE_ROOT } from "../../../harness/package-root.ts";
import { createDocket } from "../../../harness/verdicts/docket.ts";
import { takeFile, type FuzzKind } from "../kind.ts";
import { spoiltText, spoiltValues } from "../spoil.ts";

// Pairs, tables, sequences, scenarios, groups and options.
const FILES = [
  "cases/any/rfc-3493.yaml",
  "cases/bsd/measured-macos.yaml",
  "cases/bsd/openbsd-in-pcbbind-sequences.yaml",
  "cases/linux/ipv6-7.yaml",
  "cases/linux/other-account.yaml",
  "cases/linux/three-sockets.yaml",
  "cases/windows/ipproto-udp-options.yaml",
  "cases/windows/graceful-shutdown.yaml",
];

const LINUX = { name: "linux", implements: "linux", version: "6.1.0" };

const WORDS = [
  ...ADDRESS_KINDS,
  ...SHARING_OPTIONS,
  ...NODE_OPTIONS,
  ...PLATFORMS,
  ...Object.keys(STEPS),
  "tcp",
  "udp",
  "ipv4",
  "ipv6",
  "dual",
  "none",
  "n/a",
  "success",
  "EADDRINUSE",
  "10048",
  "success | EADDRINUSE",
  "to a+b",
  "to all",
  "value >= 5",
  "undetermined",
  "other",
  "all",
  ">=5 <7",
  "*",
  "first",
  "second",
  "peer",
  "a",
  "b",
  "1",
  4096,
  ["tcp", "udp"],
  ["ipv4", "dual"],
  ["none", "SO_REUSEADDR+SO_REUSEPORT"],
];

export function caseFiles(): FuzzKind {
  const documents = FILES.flatMap((file) =>
    parseAllDocuments(readFileSync(path.join(PACKAGE_ROOT, file), "utf8")).map(
      (document): unknown => document.toJS(),
    ),
  ) as [unknown, ...unknown[]];
  const texts = fc
    .tuple(fc.array(spoiltValues(documents, WORDS), { minLength: 1, maxLength: 2 }), spoiltText)
    .map(([trees, spoil]) => spoil(trees.map((tree) => textOf(tree)).join("---\n")));
  return {
    name: "case-files",
    what: "case files",
    share: 2,
    texts,
    take: (_text, file) =>
      takeFile(file, async () => {
        const { claims } = await readClaims([file]);
        const docket = createDocket(claims, LINUX, true);
        for (const { id } of docket.experiments.slice(0, 50)) docket.judge(id, { kind: "success" });
      }),
  };
}

/** As YAML; what YAML has no text for as JSON. */
function textOf(tree: unknown): string {
  try {
    return stringify(tree, { aliasDuplicateObjects: false });
  } catch {
    return `${JSON.stringify(tree)}\n`;
  }
}
