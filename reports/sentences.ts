import { countText } from "../harness/model/count-text.ts";
import { speaksOfPlatform } from "../harness/claims/applies-to.ts";
import type { ClaimSource, Document } from "../harness/model/claim.ts";
import type { EndpointEvidence, Outcome } from "../harness/model/observation.ts";
import type { Counts, ObservationLine, TargetLine, VerdictLine } from "../harness/results/line.ts";
import type { Platform } from "../harness/model/platform.ts";
import type { VerdictWord } from "../harness/model/verdict.ts";

/** Said where a run has no summary line. */
export const CUT_OFF = "The run was cut off: what it did not reach is missing here.";

/** Said if a whole run decided nothing. */
export const NOTHING_JUDGED = "Nothing was judged: no claim could be held against an observation.";

/** Said if documents speak of none of the measured systems, or of other versions, with a target that they speak of. */
export function speaksOfOthersText(
  documents: readonly Pick<Document, "appliesTo">[],
  measured: readonly Platform[],
): string {
  const texts = documents.map((document) => {
    const { platform, versions } = document.appliesTo;
    return measured.some((each) => speaksOfPlatform(document, each))
      ? `${platform} ${versions}`
      : `${platform} (add --on ${TARGET_OF[platform] ?? "ssh:HOST"})`;
  });
  const systems = new Set(measured.map(({ name, version }) => `${name} ${version}`));
  return `Nothing was judged: the documents speak of ${[...new Set(texts)].join(", ")}, and this run measured ${[...systems].join(", ")}.`;
}

/** A target of the platform that most machines can have. */
const TARGET_OF: Readonly<Record<string, string>> = {
  linux: "netns",
  windows: "wine",
  wine: "wine",
  gvisor: "gvisor",
};

/** An outcome with all that the system said: `WSAEADDRINUSE (10048) at bind`. Details of a reason are the verdict's. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case "success":
      return "success";
    case "value":
      return `value ${outcome.value} (${outcome.size} bytes)`;
    case "delivered":
      return sharesText(outcome.shares);
    case "error":
      // End of stream is not a system error, so it has no errno.
      return `${outcome.code}${outcome.errno === 0 ? "" : ` (${outcome.errno})`} at ${outcome.step}`;
    case "skipped":
    case "broken":
      return `${outcome.kind}: ${outcome.reason}`;
    case "unstable":
      return `unstable: ${outcome.outcomes.map(outcomeText).join(", ")}`;
  }
}

/** Which socket got how many: `3 to first, 7 to second`. */
export function sharesText(shares: Readonly<Record<string, number>>): string {
  const texts = Object.entries(shares).map(([socket, count]) => `${count} to ${socket}`);
  return texts.length === 0 ? "none delivered" : texts.join(", ");
}

/** What was seen, or that nothing was. */
export function observedText(outcome: Outcome | undefined): string {
  return outcome === undefined ? "no observation" : outcomeText(outcome);
}

/** What a claim is about: the experiment's id, and the step of a scenario. */
export function claimText({
  experiment,
  claim,
}: Pick<VerdictLine, "experiment" | "claim">): string {
  return claim.step === undefined ? experiment : `${experiment}, step ${claim.step}`;
}

/** What the document says, with its footnote. */
export function expectedText(expect: string, document: Document | undefined): string {
  const note = footnote(expect, document);
  return note === undefined ? expect : `${expect} (${note[1]})`;
}

/** The footnote that a claim carries: its mark and what it means. */
export function footnote(
  expect: string,
  document: Document | undefined,
): [string, string] | undefined {
  return Object.entries(document?.notes ?? {}).find(([mark]) => expect.endsWith(mark));
}

/** `title, section`. */
export function citationText(document: Document): string {
  return `${document.title}, ${document.section}`;
}

/** The same, and where it can be read. */
export function citationLines(document: Document): string[] {
  return [citationText(document), ...(document.url === undefined ? [] : [document.url])];
}

/** `file:line:column`, as editors and CI systems link it. */
export function sourceText(source: ClaimSource): string {
  return `${source.file}:${source.line}:${source.column}`;
}

/** Reason code and detail of a verdict whose word alone is not enough. */
export function reasonText(verdict: Pick<VerdictLine, "reason" | "detail">): string {
  return [verdict.reason ?? "no reason given", verdict.detail].filter(Boolean).join(": ");
}

/** One line of a failed claim: `expected 10048, observed success`. */
export function contradictionText(expected: string, observed: string): string {
  return `expected ${expected}, observed ${observed}`;
}

/** What was in force when the experiment ran, a fact a line. */
export function evidenceTexts({ evidence, ...observation }: ObservationLine): string[] {
  const { first, second, afterFirstClosed, discarded } = evidence;
  return [
    ...(first ? [`first: ${endpointText(first)}`] : []),
    ...(second ? [`second: ${endpointText(second)}`] : []),
    ...(afterFirstClosed ? [`second again, after the first was closed: ${afterFirstClosed}`] : []),
    ...(observation.steps ?? []).map(({ label, outcome }) => `${label}: ${outcomeText(outcome)}`),
    ...(discarded ?? []).map((why) => `an earlier try did not count: ${why}`),
    `port ${observation.port ?? "none"}, ${countText(observation.attempts, "attempt")}${observation.durationMs === null ? "" : `, ${observation.durationMs} ms`}`,
  ];
}

function endpointText({ name, options }: EndpointEvidence): string {
  const values = Object.entries(options).map(([option, value]) => `${option}=${value}`);
  return [name ?? "not bound", ...values].join(", ");
}

/** How many of the known deviations came with bindcheck, and how to do without them; null for none. */
export function shippedText(verdicts: Iterable<Pick<VerdictLine, "shipped">>): string | null {
  const count = [...verdicts].filter(({ shipped }) => shipped).length;
  const what = `${countText(count, "known deviation")} came with bindcheck`;
  return count === 0 ? null : `${what} (--known none does without)`;
}

/** Counts by word without the zeros: `45 held, 2 known deviations`. */
export function countsText(counts: Partial<Counts>): string {
  const words = Object.entries(counts) as [VerdictWord, number][];
  return words.flatMap(([word, count]) => (count > 0 ? [countOf(word, count)] : [])).join(", ");
}

function countOf(word: VerdictWord, count: number): string {
  return word.endsWith("-deviation")
    ? countText(count, word.replace("-", " "))
    : `${count} ${word}`;
}

/** What a target is: `Debian GNU/Linux 12, Linux 6.1.0, node 20.20.2`. */
export function targetText({ platform, os, runtime }: TargetLine): string {
  return [
    os.name,
    // Most systems' kernel has the version in its name, and some call a sentence a build.
    ...(os.version && !os.kernel.includes(os.version) ? [os.version] : []),
    ...(/^[\d.]+$/.test(os.build) ? [`build ${os.build}`] : []),
    os.kernel,
    ...(platform.implements === platform.name
      ? []
      : [`${platform.implements} sockets by ${platform.name}`]),
    ...(runtime["node"] ? [`node ${runtime["node"].replace(/^v/, "")}`] : []),
  ]
    .filter(Boolean)
    .join(", ");
}
