import { countText } from "../../harness/model/count-text.ts";
import { code, link, plain } from "../markdown/escape.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import { partOf, positionOf, type Side } from "../matrix/table-position.ts";
import { citationText, targetText } from "../sentences.ts";
import type { Outcome } from "../../harness/model/observation.ts";
import { outcomeTokens } from "../../harness/model/outcome-token.ts";
import type { Build } from "../../harness/results/builds.ts";
import {
  isContradicted,
  type DocumentErrata,
  type SeenClaim,
  type Sighting,
  type Unmeasured,
} from "../../harness/results/find-errata.ts";
import { reproduceCommands } from "./reproduce-commands.ts";

/** What documents' authors should know, as Markdown: a section for each document with something to correct. */
export async function errataMarkdown(
  documents: readonly DocumentErrata[],
  unmeasured: readonly Unmeasured[],
): Promise<string> {
  const wrong = documents.filter(({ claims }) => claims.some(isContradicted));
  const right = documents.filter((each) => !wrong.includes(each));
  const sections = await Promise.all(wrong.map(section));
  const lines = [
    wrong.length === 0 ? "# Nothing to report" : "# Errata",
    ...sections.flat(),
    ...(right.length === 0
      ? []
      : [
          "",
          plain(
            `Nothing to report on ${right.map(({ document }) => document.id).join(", ")}: all that was measured is as they say.`,
          ),
        ]),
    ...unmeasured.flatMap((each) => [
      "",
      plain(`Nothing is said here on ${unmeasuredText(each)}.`),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** `9 documents of windows: measured only on wine, which is not windows`. */
export function unmeasuredText({ platform, documents, onlyOn }: Unmeasured): string {
  const isAny = platform === "any";
  const why = isAny ? "where another system's calls are imitated" : `which is not ${platform}`;
  const where =
    onlyOn.length === 0 ? "not measured" : `measured only on ${onlyOn.join(", ")}, ${why}`;
  return `${countText(documents, "document")} of ${isAny ? "any system" : platform}: ${where}`;
}

async function section({ document, builds, claims, siblings }: DocumentErrata): Promise<string[]> {
  const tables = groupBy(
    claims.filter(({ experiment }) => positionOf(experiment) !== null),
    ({ experiment }) => partOf(experiment),
  );
  // Equal tables are drawn once.
  const drawn = groupBy(
    [...tables].filter(([, own]) => own.some(isContradicted)),
    ([, own]) => tableLines(own, builds).join("\n"),
  );
  const sentences = claims.filter(
    (each) => positionOf(each.experiment) === null && isContradicted(each),
  );
  const notes = Object.entries(document.notes).filter(([mark]) =>
    claims.some(({ claim }) => claim.expect.endsWith(mark)),
  );
  return [
    "",
    `## ${link(citationText(document), document.url)}`,
    "",
    "Measured on:",
    "",
    ...builds.map(
      ({ line, targets }) => `- ${plain(`${targets.join(", ")}: ${targetText(line)}`)}`,
    ),
    ...[...drawn].flatMap(([text, parts]) => [
      "",
      plain(`${parts.map(([part]) => part).join(", ")}; columns: first bind, rows: second bind`),
      "",
      text,
    ]),
    ...(drawn.size > 0
      ? ["", "**said → observed**; an empty cell was not measured or is none of the document."]
      : []),
    ...notes.map(([mark, note]) => plain(`${mark}: ${note}`)),
    ...siblings.flatMap(({ document: sibling, claims: count }) => [
      "",
      `${link(citationText(sibling), sibling.url)} says what was observed: ${countText(count, "claim")}.`,
    ]),
    ...(sentences.length > 0 ? [""] : []),
    ...sentences.map((each) => sentenceLine(each, builds)),
    "",
    "To see it:",
    "",
    "```sh",
    ...(await reproduceCommands(document, claims.filter(isContradicted))),
    "```",
  ];
}

function tableLines(claims: readonly SeenClaim[], builds: readonly Build[]): string[] {
  const sides = claims.flatMap(({ experiment }) => positionOf(experiment) ?? []);
  const columns = distinct(sides.map(({ first }) => first));
  const rows = distinct(sides.map(({ second }) => second));
  const cells = new Map(
    claims.map((each) => {
      const place = positionOf(each.experiment);
      return [`${sideText(place?.first)}\n${sideText(place?.second)}`, cellText(each, builds)];
    }),
  );
  return [
    `| | ${columns.map(code).join(" | ")} |`,
    `| --- | ${columns.map(() => "---").join(" | ")} |`,
    ...rows.map((second) => {
      const texts = columns.map((first) => cells.get(`${first}\n${second}`) ?? "");
      return `| ${code(second)} | ${texts.join(" | ")} |`;
    }),
  ];
}

function distinct(sides: readonly Side[]): string[] {
  return [...new Set(sides.map(sideText))];
}

function sideText(side: Side | undefined): string {
  return side ? `${side.heading} @ ${side.address}` : "";
}

function cellText({ claim, seen }: SeenClaim, builds: readonly Build[]): string {
  const changes = changesOf(seen, builds, claim.expect);
  if (changes.length === 0) return plain(claim.expect);
  return changes.map((text) => `**${plain(claim.expect)} → ${plain(text)}**`).join("<br>");
}

/** What was observed instead, each outcome with the versions in which it was, where those are not all. */
function changesOf(seen: readonly Sighting[], builds: readonly Build[], said: string): string[] {
  const against = seen.filter(({ contradicts }) => contradicts);
  const outcomes = groupBy(against, ({ outcome }) => shortOutcome(outcome, said));
  return [...outcomes].map(([text, own]) =>
    own.length === builds.length ? text : `${text} (${rangesText(own, seen)})`,
  );
}

/** Versions of one system next to each other among those that were measured are one range. */
function rangesText(own: readonly Sighting[], seen: readonly Sighting[]): string {
  const ranges: Sighting[][] = [];
  for (const [index, sighting] of seen.entries()) {
    if (!own.includes(sighting)) continue;
    const before = seen[index - 1];
    const last = ranges.at(-1);
    if (last && before && last.includes(before) && isOneSystem(before, sighting))
      last.push(sighting);
    else ranges.push([sighting]);
  }
  return ranges
    .map((range) => {
      const versions = [...new Set([range[0], range.at(-1)].map((each) => each?.build.version))];
      return versions.join(" to ");
    })
    .join(", ");
}

function isOneSystem(a: Sighting, b: Sighting): boolean {
  return a.build.line.platform.name === b.build.line.platform.name;
}

// Documents about Winsock speak of numbers, the others of names.
function shortOutcome(outcome: Outcome, said: string): string {
  const tokens = outcomeTokens(outcome);
  return (
    (/\d{5}/.test(said) || /^(?:\S+ )?WSA/.test(tokens[0] ?? "") ? tokens.at(-1) : tokens[0]) ?? ""
  );
}

function sentenceLine({ experiment, claim, seen }: SeenClaim, builds: readonly Build[]): string {
  const step = claim.step === undefined ? "" : plain(`, step ${claim.step}`);
  const says = claim.says === undefined ? "" : ` ${plain(claim.says)}`;
  const changes = changesOf(seen, builds, claim.expect).map(plain).join("; ");
  return `- ${code(experiment)}${step}:${says} **${plain(claim.expect)} → ${changes}**`;
}
