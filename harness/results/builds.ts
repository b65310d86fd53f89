import coerce from "semver/functions/coerce.js";
import compare from "semver/functions/compare.js";
import type { TargetLine } from "./line.ts";
import { systemOf } from "./match-targets.ts";
import { groupBy } from "../model/group-by.ts";

/** One build of what a document speaks of, on however many targets it was measured. */
export interface Build {
  /** What tells it from the other builds of the document: `6.8.0`, `node 22.12.0`, `linux 6.8.0`. */
  readonly version: string;
  /** A target of it. */
  readonly line: TargetLine;
  readonly targets: readonly string[];
}

/** The builds among some targets by their keys, oldest first, those of a system next to each other. */
export function buildsOf(lines: readonly TargetLine[], ofNode: boolean): Map<string, Build> {
  const groups = [...groupBy(lines, (line) => buildKey(line, ofNode))].flatMap(([key, own]) => {
    const [line] = own;
    return line ? [{ key, line, targets: [...new Set(own.map(({ target }) => target))] }] : [];
  });
  const all = groups.map(({ line }) => versionParts(line, ofNode));
  return new Map(
    groups
      .toSorted((a, b) => byAge(a.line, b.line))
      .map(({ key, line, targets }) => [
        key,
        { version: versionText(versionParts(line, ofNode), all), line, targets },
      ]),
  );
}

/** Targets with one key are one build. What a document says of Node's own API depends on the version of Node, too. */
export function buildKey(line: TargetLine, ofNode: boolean): string {
  return [systemOf(line), line.os.build, ...(ofNode ? [nodeVersion(line)] : [])].join(" ");
}

function byAge(a: TargetLine, b: TargetLine): number {
  return (
    a.platform.name.localeCompare(b.platform.name, "en") ||
    byVersion(a.platform.version, b.platform.version) ||
    byVersion(nodeVersion(a), nodeVersion(b))
  );
}

function byVersion(a: string, b: string): number {
  return compare(coerce(a) ?? "0.0.0", coerce(b) ?? "0.0.0");
}

function nodeVersion({ runtime }: TargetLine): string {
  return (runtime["node"] ?? "").replace(/^v/, "");
}

function versionParts(line: TargetLine, ofNode: boolean): string[] {
  const { name, version } = line.platform;
  return [name, version, ...(ofNode ? [`node ${nodeVersion(line)}`] : [])];
}

/** What all builds have in common is left out. Builds of one version have that. */
function versionText(parts: readonly string[], all: readonly string[][]): string {
  const telling = parts.filter((part, index) => all.some((other) => other[index] !== part));
  return telling.join(" ") || (parts[1] ?? "");
}
