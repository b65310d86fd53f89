import path from "node:path";
import type { ClaimSource } from "../../harness/model/claim.ts";
import { legible } from "../legible.ts";

/** What GitHub shows beside a line of a file, or on the run's page. */
export interface Annotation {
  readonly title: string;
  readonly message: string;
  readonly source?: ClaimSource;
}

/**
 * The line on standard output that makes an annotation
 * (docs.github.com, "Workflow commands for GitHub Actions", "Setting an error message").
 */
export function workflowCommand({ title, message, source }: Annotation): string {
  const place =
    source === undefined
      ? {}
      : { file: fromWorkspace(source.file), line: source.line, col: source.column };
  const properties = Object.entries({ ...place, title }).map(
    ([name, value]) => `${name}=${escapedProperty(String(value))}`,
  );
  return `::error ${properties.join(",")}::${escaped(message)}\n`;
}

/** The line that makes a notice on the run's page, which fails nothing. */
export function noticeCommand(title: string, message: string): string {
  return `::notice title=${escapedProperty(title)}::${escaped(message)}\n`;
}

// GitHub knows files by their path in the repository.
function fromWorkspace(file: string): string {
  const workspace = process.env["GITHUB_WORKSPACE"] ?? process.cwd();
  const relative = path.relative(workspace, path.resolve(file));
  const isOutside = relative.startsWith("..") || path.isAbsolute(relative);
  return (isOutside ? file : relative).replaceAll("\\", "/");
}

// As actions/toolkit does it, packages/core/src/command.ts: escapeData and escapeProperty.
function escaped(text: string): string {
  return legible(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
