import type { Report } from "./check-scenarios.ts";
import type { CaseDocument } from "./schema.ts";

/** A grid alone in a document of Windows, each version once, and an answer for every one of them in each row. */
export function checkSupport(file: CaseDocument, problem: Report): void {
  const { support, "applies-to": appliesTo } = file;
  if (!support) return;
  for (const key of ["table", "pairs", "scenarios", "sequences", "options"] as const)
    if (file[key])
      problem([key], "there is a 'support' too (allowed: 'support' in a document of its own)");
  if (appliesTo.platform !== "windows")
    problem(
      ["applies-to", "platform"],
      "'support' has a column for each version of Windows (allowed: windows)",
    );
  if (appliesTo.versions !== "*")
    problem(
      ["applies-to", "versions"],
      "the columns of 'support' say which versions (allowed: no 'versions')",
    );
  const width = support.versions.length;
  support.versions.forEach((name, index) => {
    if (support.versions.indexOf(name) < index)
      problem(
        ["support", "versions", index],
        `the column '${name}' is there twice (allowed: each version once)`,
      );
  });
  support.options.forEach(({ known }, index) => {
    if (Array.isArray(known) && known.length !== width)
      problem(
        ["support", "options", index, "known"],
        `answers in this row: ${known.length} (it needs ${width}, one for each column in 'versions')`,
      );
  });
}
