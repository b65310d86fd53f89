import type { Document } from "../../harness/model/claim.ts";
import type { TargetLine } from "../../harness/results/line.ts";
import type { JunitSuite } from "./report.ts";

/** What precisely was measured and judged, as names and values. */
export function suiteProperties(
  target: TargetLine | undefined,
  document: Document | undefined,
): JunitSuite["properties"] {
  return [
    ...(document ? documentProperties(document) : []),
    ...(target ? systemProperties(target) : []),
  ];
}

function documentProperties({ title, section, url, kind }: Document): [string, string][] {
  return prefixed("document", { title, section, url, kind });
}

function systemProperties({ platform, os, runtime, addresses }: TargetLine): [string, string][] {
  return [
    ["platform", platform.name],
    ["platform.implements", platform.implements],
    ["platform.version", platform.version],
    ...prefixed("os", os),
    ...prefixed("runtime", runtime),
    ...Object.entries(addresses).flatMap(([family, kinds]) => prefixed(`address.${family}`, kinds)),
  ];
}

function prefixed(prefix: string, values: object): [string, string][] {
  return Object.entries(values).map(([name, value]) => [
    `${prefix}.${name}`,
    String(value ?? "none"),
  ]);
}
