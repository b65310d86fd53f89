import { parseCaseFile } from "../../harness/cases/parse-case-file.ts";
import type { Claim } from "../../harness/model/claim.ts";
import { expandTable } from "../../harness/claims/expand-table.ts";

/** A case file over TCP and IPv4 with these lines of scenarios or sequences. */
export function scenarioFile(lines: string, id = "told"): string {
  return `document:
  id: ${id}
  title: A sample
  section: One
  url: https://example.org/
  kind: documented
applies-to: { platform: any }
matrix: { protocol: tcp, family: ipv4 }
${lines}
`;
}

/** The claims of a case file; throws when something is wrong with it. */
export function claimsOf(text: string, file = "told.yaml"): Claim[] {
  const { documents, problems } = parseCaseFile(file, text);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join("\n"));
  return documents.flatMap((read) => expandTable(file, read).claims);
}

/** What is wrong with a case file: `line: message`. */
export function problemsOf(text: string): string[] {
  return parseCaseFile("told.yaml", text).problems.map(
    ({ line, message }) => `${line}: ${message}`,
  );
}
