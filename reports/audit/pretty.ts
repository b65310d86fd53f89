import type {
  AuditReport,
  AuditVerdict,
  JudgedListener,
} from "../../harness/audit/audit-report.ts";
import { listenerName } from "../../harness/audit/listener.ts";
import { legible, oneLine } from "../legible.ts";
import { createPaint, type Paint } from "../pretty/paint.ts";
import { wrap } from "../pretty/wrap.ts";
import type { Output } from "../reporter.ts";
import { byDanger } from "./by-danger.ts";
import { findingTexts, ownerText, untriedTexts, verdictText } from "./sentences.ts";

/**
 * A report for people, in a terminal or a log. Its first line is the verdict; an audit of the whole machine has a line
 * for each listener, the most dangerous first.
 */
export function writePrettyAudit(report: AuditReport, output: Output): void {
  const paint = createPaint(output);
  const width = Math.min(output.columns, MOST_COLUMNS);
  const listeners = byDanger(report.listeners);
  const isOverview = report.command === null && report.port === null;
  if (listeners.length > 1 || isOverview) output.write(`${countsText(report)}\n`);
  for (const listener of listeners)
    output.write(isOverview ? lineText(listener, paint) : blockText(listener, paint, width));
  for (const text of report.unseen)
    output.write(`${wrap(oneLine(`not seen: ${text}`), width, "")}\n`);
  output.write(`${wrap(oneLine(closingText(report)), width, "")}\n`);
}

const MOST_COLUMNS = 100;
const STYLES: Readonly<Record<AuditVerdict, Parameters<Paint>[0]>> = {
  exclusive: "held",
  "shared-by-design": "known-deviation",
  hijackable: "contradicted",
  undecided: "broken",
};

function blockText(listener: JudgedListener, paint: Paint, width: number): string {
  const { verdict, findings, open, notes } = listener;
  const lines = (indent: string, texts: readonly string[]): string[] =>
    texts.map((text) => `${wrap(oneLine(text), width, indent)}\n`);
  return [
    `${paint(STYLES[verdict], verdict)}: ${paint("heading", legible(listenerName(listener)))}, ${oneLine(verdict === "undecided" ? "not all was found out" : verdictText(listener))}\n`,
    ...lines("  ", [`held by ${ownerText(listener)}`]),
    ...lines("  ", findings.length === 0 ? [] : findingTexts(listener)),
    ...lines("  ", open),
    ...lines("  ", notes),
    ...lines("  ", untriedTexts(listener)),
    ...listener.advice.flatMap(({ text, source }) => [
      ...lines("  ", [`to close it: ${text}`]),
      ...lines("    ", [`${source.title}: ${source.url}`]),
    ]),
  ].join("");
}

function lineText(listener: JudgedListener, paint: Paint): string {
  const { verdict, advice, open } = listener;
  const why = verdict === "undecided" ? [open[0] ?? ""] : findingTexts(listener).slice(-1);
  const close = advice[0] && verdict === "hijackable" ? [`to close it: ${advice[0].brief}`] : [];
  const parts = [`held by ${ownerText(listener)}`, ...why, ...close];
  const name = paint("heading", legible(listenerName(listener)));
  return `${paint(STYLES[verdict], verdict.padEnd(WIDEST))} ${name}  ${oneLine(parts.join("; "))}\n`;
}

const WIDEST = "shared-by-design".length;

function countsText({ listeners }: AuditReport): string {
  return (["hijackable", "undecided", "shared-by-design", "exclusive"] as const)
    .map(
      (verdict) => [listeners.filter((each) => each.verdict === verdict).length, verdict] as const,
    )
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${verdict}`)
    .join(", ");
}

function closingText({ attempts, census, os, platform }: AuditReport): string {
  const sent = census === null ? "nothing was sent" : `${census} sent to each address at a time`;
  const wine = platform.name === "wine" ? "; Wine's answer, never Windows'" : "";
  return `${attempts.length} attempts, ${sent}; ${os}${wine}`;
}
