import type { Output, ReportContext, Reporter } from "./reporter.ts";

/** Names for `--reporter NAME[=PATH]`. */
export const reporterNames = [
  "pretty",
  "ndjson",
  "tap",
  "junit",
  "html",
  "markdown",
  "github",
  "ctrf",
] as const;

/** One of the names. */
export type ReporterName = (typeof reporterNames)[number];

/** File under `--out` for a reporter that was given no path; null goes to the terminal. */
export const defaultFileNames: Readonly<Record<ReporterName, string | null>> = {
  pretty: null,
  ndjson: "results.ndjson",
  tap: "results.tap",
  junit: "junit.xml",
  html: "report.html",
  markdown: "summary.md",
  github: null,
  ctrf: "ctrf.json",
};

/** Makes a reporter, which closes its output when it ends; only its own code is loaded. */
export async function createReporter(
  name: ReporterName,
  output: Output,
  context: ReportContext,
): Promise<Reporter> {
  const reporter = await openReporter(name, output, context);
  return {
    line: reporter.line,
    async end() {
      await reporter.end();
      output.close();
    },
  };
}

async function openReporter(
  name: ReporterName,
  output: Output,
  context: ReportContext,
): Promise<Reporter> {
  switch (name) {
    case "pretty":
      return (await import("./pretty.ts")).createPrettyReporter(output, context);
    case "ndjson":
      return (await import("./ndjson.ts")).createNdjsonReporter(output);
    case "tap":
      return (await import("./tap.ts")).createTapReporter(output);
    case "junit":
      return (await import("./junit.ts")).createJunitReporter(output);
    case "html":
      return (await import("./html.ts")).createHtmlReporter(output);
    case "markdown":
      return (await import("./markdown.ts")).createMarkdownReporter(output);
    case "github":
      return (await import("./github.ts")).createGithubReporter(output);
    case "ctrf":
      return (await import("./ctrf.ts")).createCtrfReporter(output);
  }
}
