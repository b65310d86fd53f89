import { expect, test } from "vitest";
import { claimsOf, problemsOf, scenarioFile } from "../../tests/samples/scenario.ts";
import { claimStepLabel } from "../model/claim.ts";

const COLUMNS = "versions: [windows-10, windows-7, xp]";

function fileOf(lines: string, appliesTo = "platform: windows"): string {
  const text = scenarioFile(`support:\n  ${lines}`, "page/support");
  return text.replace("platform: any", appliesTo);
}

function gridOf(row: string, columns = COLUMNS): string {
  return fileOf(`${columns}\n  options:\n    - { option: SO_RCVBUF, ${row} }`);
}

test("Each column of a grid of support is a document about one version of Windows.", () => {
  const claims = claimsOf(gridOf("known: [yes, undetermined, no]"));
  const seen = claims.map((claim) => ({
    document: claim.document.id,
    section: claim.document.section,
    versions: claim.document.appliesTo.versions,
    experiment: claim.experiment.id,
    asks: claimStepLabel(claim),
    expect: claim.expect,
    place: `${claim.source.line}:${claim.source.column}`,
  }));
  const asked = { experiment: "tcp/ipv4 option SO_RCVBUF", asks: "known" };
  expect(seen).toEqual([
    {
      ...asked,
      document: "page/support-windows-10",
      section: "One, Windows 10",
      versions: ">=10.0 <10.0.22000",
      expect: "yes",
      place: "12:36",
    },
    {
      ...asked,
      document: "page/support-xp",
      section: "One, Windows XP",
      versions: ">=5.1 <5.2",
      expect: "no",
      place: "12:55",
    },
  ]);
});

test("One answer is for all columns.", () => {
  expect(claimsOf(gridOf("known: yes")).map(({ document }) => document.id)).toEqual([
    "page/support-windows-10",
    "page/support-windows-7",
    "page/support-xp",
  ]);
});

const NAMES =
  "nt4, windows-2000, xp, server-2003, vista, windows-7, windows-8, windows-8.1, windows-10, windows-11";

test.each([
  [
    "a missing column",
    gridOf("known: [yes, no]"),
    "12: answers in this row: 2 (it needs 3, one for each column in 'versions')",
  ],
  [
    "an unknown version of Windows",
    gridOf("known: yes", "versions: [windows-10, windows-12]"),
    `10: 'versions' is 'windows-12' (allowed: ${NAMES}) (did you mean 'windows-10' or 'windows-11'?)`,
  ],
  [
    "a version that is there twice",
    gridOf("known: yes", "versions: [xp, xp]"),
    "10: the column 'xp' is there twice (allowed: each version once)",
  ],
  ["no columns", fileOf("options: []"), "10: 'versions' is missing (allowed: a list)"],
  [
    "another system's option",
    gridOf("known: yes").replace("SO_RCVBUF", "TCP_CORK"),
    "12: TCP_CORK is not an option of windows (allowed: its own options)",
  ],
  [
    "another platform",
    gridOf("known: yes").replace("platform: windows", "platform: linux"),
    "7: 'support' has a column for each version of Windows (allowed: windows)",
  ],
  [
    "versions beside the columns",
    gridOf("known: yes").replace("platform: windows", 'platform: windows, versions: ">=6.0"'),
    "7: the columns of 'support' say which versions (allowed: no 'versions')",
  ],
  [
    "another table beside it",
    `${gridOf("known: yes")}options:\n  - { option: SO_TYPE, get: yes }\n`,
    "14: there is a 'support' too (allowed: 'support' in a document of its own)",
  ],
])("A grid with %s is refused in one line.", (_, text, message) => {
  expect(problemsOf(text)[0]).toContain(message);
});

test.each([
  [">=11", "no version of Windows is '>=11' (allowed: 4.0 for Windows NT 4.0, 5.0 for Windows"],
  ["7", "no version of Windows is '7' (allowed: "],
  [">= <", "'>= <' is not a version range (such as '>=6.1 <6.9')"],
])("A document about the versions %s of Windows is refused.", (versions, message) => {
  const text = fileOf(`${COLUMNS}\n  options: []`).replace(
    /support:[\s\S]*/,
    "options:\n  - { option: SO_TYPE, get: yes }\n",
  );
  const [problem] = problemsOf(text.replace("windows }", `windows, versions: "${versions}" }`));
  expect(problem).toContain(`7: ${message}`);
});

test.each([">=10.0.26100", "6.1 || 6.3", "<5.2", "*"])(
  "A document may be about the versions %s of Windows.",
  (versions) => {
    const text = scenarioFile("options:\n  - { option: SO_TYPE, get: yes }").replace(
      "platform: any",
      `platform: windows, versions: "${versions}"`,
    );
    expect(problemsOf(text)).toEqual([]);
  },
);
