import type {
  AuditReport,
  AuditVerdict,
  JudgedListener,
} from "../../harness/audit/audit-report.ts";
import { code, link, plain } from "../markdown/escape.ts";
import { listenerName } from "../../harness/audit/listener.ts";
import type { Output } from "../reporter.ts";
import { byDanger } from "./by-danger.ts";
import { findingTexts, ownerText, untriedTexts, verdictText } from "./sentences.ts";

/** Markdown for a job's summary or a comment. */
export function writeMarkdownAudit(report: AuditReport, output: Output): void {
  const listeners = byDanger(report.listeners);
  const rows = listeners.map(
    (listener) =>
      `| ${code(listenerName(listener))} | ${MARKS[listener.verdict]} ${listener.verdict} | ${plain(ownerText(listener))} |`,
  );
  const sections = listeners.filter(
    ({ findings, open, notes }) => findings.length + open.length + notes.length > 0,
  );
  const text = [
    "## Who can take a port",
    "",
    "| listener | verdict | held by |",
    "| --- | --- | --- |",
    ...rows,
    "",
    ...sections.flatMap(sectionOf),
    ...report.unseen.map((each) => plain(`Not seen: ${each}.\n`)),
    plain(
      `${report.os}; ${report.census === null ? "nothing was sent" : `${report.census} sent to each address at a time`}`,
    ),
  ];
  output.write(`${text.join("\n")}\n`);
}

const MARKS: Readonly<Record<AuditVerdict, string>> = {
  exclusive: "✅",
  "shared-by-design": "🤝",
  hijackable: "❌",
  undecided: "❔",
};

function sectionOf(listener: JudgedListener): string[] {
  const { verdict, open, notes, advice } = listener;
  const further = verdict === "undecided" ? [] : open;
  return [
    `### ${code(listenerName(listener))}: ${verdict}`,
    "",
    `${plain(verdictText(listener))}.`,
    "",
    ...[...findingTexts(listener), ...further, ...notes, ...untriedTexts(listener)].map(
      (text) => `- ${plain(text)}`,
    ),
    ...advice.map(
      ({ text, source }) => `- To close it: ${plain(text)} (${link(source.title, source.url)})`,
    ),
    "",
  ];
}
