import type { Disagreement, Recommendation } from "../../harness/audit/advice/recommend.ts";
import type { PlatformAdvice } from "../../harness/audit/advice/advise-by-claims.ts";
import type { Wish } from "../../harness/audit/advice/wishes.ts";
import type { Protocol } from "../../harness/model/vocabulary.ts";
import { code, plain } from "../markdown/escape.ts";
import { wrap } from "../pretty/wrap.ts";

/** What to set for a wish: by the documents for each platform, and by what was observed on each target. */
export interface AdviceReport {
  readonly want: Wish;
  readonly protocol: Protocol;
  readonly documents: readonly PlatformAdvice[];
  readonly observed: readonly ({ readonly target: string } & Recommendation)[];
}

/** For a terminal: a line for each platform and range of versions, what it rests on below it. */
export function recommendationsText(report: AdviceReport): string {
  const lines = rowsOf(report).flatMap(({ where, what, why, doubts }) => [
    `${where}: ${what}`,
    ...[why, ...doubts].map((text) => wrap(text, COLUMNS, "  ")),
  ]);
  return [headOf(report), ...lines, ""].join("\n");
}

const COLUMNS = 100;

/** The same as a table. */
export function recommendationsMarkdown(report: AdviceReport): string {
  const rows = rowsOf(report).map(
    ({ where, what, why, doubts }) =>
      `| ${plain(where)} | ${code(what)} | ${[why, ...doubts].map(plain).join("<br>")} |`,
  );
  return [
    `## ${headOf(report)}`,
    "",
    "| where | set | by |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function headOf({ want, protocol }: AdviceReport): string {
  return `The smallest set of options with which a ${protocol.toUpperCase()} socket is ${MEANINGS[want]}`;
}

const MEANINGS: Readonly<Record<Wish, string>> = {
  exclusive: "exclusive: no other socket binds its address or a part of it",
  shared: "shared: a second one binds the same address, and each gets something",
  "restart-at-once":
    "bound again at once, while a connection that it accepted is open or has just ended",
  standby: "on standby: it binds beside another one, which goes on getting everything",
};

interface Row {
  readonly where: string;
  readonly what: string;
  readonly why: string;
  readonly doubts: readonly string[];
}

function rowsOf({ documents, observed }: AdviceReport): Row[] {
  return [
    ...documents.map((each) => {
      const row = rowOf(`${each.platform}${versionsText(each)}`, each);
      const how = each.runtimes.map(({ runtime, text }) => `in ${runtime}: ${text}`);
      return { ...row, doubts: [...row.doubts, ...how] };
    }),
    ...observed.map((each) => rowOf(`observed on ${each.target}`, each)),
  ];
}

function rowOf(
  where: string,
  { options, sources, experiments, alternatives, unclear, opensTo, disagreements }: Recommendation,
): Row {
  const count = `${experiments} experiment${experiments === 1 ? "" : "s"}`;
  return {
    where,
    what: options === null ? "no set is known" : optionsText(options),
    why:
      options === null
        ? "no set of options gives it in all that is said"
        : `${count}, by ${sources.join(", ")}`,
    doubts: [
      ...(opensTo.length === 0
        ? []
        : [`another account's socket gets in too, by ${opensTo.join(", ")}`]),
      ...alternatives.map((each) => `${optionsText(each)} gives it too`),
      ...unclear.map(
        (each) => `with ${optionsText(each)} both bind; who gets what is not said of it`,
      ),
      ...disagreements.map(doubtText),
    ],
  };
}

function versionsText({ since, until }: PlatformAdvice): string {
  if (since === null) return until === null ? "" : ` before ${until}`;
  return until === null ? ` ${since} and newer` : ` ${since} to before ${until}`;
}

function optionsText(options: readonly string[]): string {
  return options.length === 0 ? "no option" : options.join(" and ");
}

function doubtText({ options, experiment, yes, no }: Disagreement): string {
  return `sources disagree on ${optionsText(options)}: ${yes.join(", ")} for it, ${no.join(", ")} against (${experiment})`;
}
