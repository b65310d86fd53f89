import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import type { AuditReport } from "../../harness/audit/audit-report.ts";
import { auditReport } from "../../tests/samples/audit-report.ts";
import { renderAudit, type AuditReporterName } from "./reporters.ts";

async function render(
  name: AuditReporterName,
  report: AuditReport = auditReport(),
  sarifLocation: string | null = null,
): Promise<string> {
  let text = "";
  const write = (part: string): void => void (text += part);
  const output = { write, close: () => undefined, colours: false, columns: 100 };
  await renderAudit(name, report, { output, sarifLocation });
  return text;
}

/** The schema of OASIS. Its JSON Schema draft 4 differs in nothing that it uses but the name of its id. */
function compileSchema(): (log: unknown) => boolean {
  const file = "../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  const { $schema: _, id: $id = "", ...schema } = JSON.parse(text) as Record<string, string>;
  const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
  return ajv.compile({ ...schema, $id });
}

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly object[];
      readonly partialFingerprints: Record<string, string>;
    }[];
  }[];
}

describe("sarif", () => {
  test("is what the schema of SARIF 2.1.0 allows, which knows wrong from right", async () => {
    const isValid = compileSchema();
    const log = JSON.parse(await render("sarif")) as Sarif;
    expect(isValid(log)).toBe(true);
    expect(isValid({ ...log, runs: [{ results: log.runs[0]?.results }] })).toBe(false);
    expect(isValid({ ...log, version: "2.0.0" })).toBe(false);
  });

  test("tells each listener that others get into, or may, and what closes it", async () => {
    const log = JSON.parse(await render("sarif")) as Sarif;
    const results = log.runs[0]?.results ?? [];
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ["hijackable", "error"],
      ["shared-by-design", "note"],
      ["undecided", "warning"],
    ]);
    expect(results[0]?.message.text).toContain("leave it | out (The page: https://example.org/)");
    expect(results[0]?.partialFingerprints).toEqual({
      "listener/v1": "udp/ipv4/0.0.0.0/5353/hijackable",
    });
    expect(results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "package.json", uriBaseId: "%SRCROOT%" },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: "udp 0.0.0.0:5353", kind: "resource" }],
      },
    ]);
  });

  test.each([
    [["node", "--enable-source-maps", "harness/main.ts"], null, "harness/main.ts"],
    [["node", "harness/main.ts"], "docs/audit.md", "docs/audit.md"],
    [["/usr/sbin/nginx"], null, "package.json"],
  ])("of the command %j and --sarif-location %s points to %s", async (command, asked, uri) => {
    const log = JSON.parse(await render("sarif", { ...auditReport(), command }, asked)) as Sarif;
    expect(JSON.stringify(log.runs[0]?.results[0]?.locations)).toContain(`"uri":"${uri}"`);
  });
});

test("junit is well-formed, and a listener fails, errs or passes.", async () => {
  const text = await render("junit");
  expect(XMLValidator.validate(text)).toBe(true);
  const parsed = new XMLParser({ ignoreAttributes: false }).parse(text) as {
    testsuites: { testsuite: { testcase: Record<string, unknown>[] } };
  };
  const cases = parsed.testsuites.testsuite.testcase;
  expect(cases.map((each) => [each["@_name"], "failure" in each, "error" in each])).toEqual([
    ["udp 0.0.0.0:5353", true, false],
    ["tcp [::]:80", false, false],
    ["tcp 0.0.0.0:443", false, false],
    ["udp 0.0.0.0:53", false, true],
  ]);
});

test("pretty and markdown tell verdict, share, account, address and advice of each.", async () => {
  for (const name of ["pretty", "markdown"] as const) {
    const text = (await render(name)).replace(/\\/g, "").replace(/\s+/g, " ");
    expect(text).toContain("the server's own account (root) with SO_REUSEADDR");
    expect(text).toContain(
      "with SO_REUSEADDR takes 40 to 100 % of the datagrams, bound to 0.0.0.0; gets in, its share of the datagrams unknown, bound to 127.0.0.1",
    );
    expect(text).toContain(
      "SO_REUSEPORT by invitation takes 47 % of the connections, or all with SO_BINDTODEVICE=lo, bound to 0.0.0.0",
    );
    expect(text).toContain("no other account was tried: only root may do so");
    expect(text).toContain("the binder died");
    expect(text).toContain("https://example.org/");
    expect(text).not.toContain("\u0007");
  }
});

test("The first line of pretty is the verdict, and the most dangerous comes first.", async () => {
  expect((await render("pretty")).split("\n").slice(0, 2)).toEqual([
    "1 hijackable, 1 undecided, 1 shared-by-design, 1 exclusive",
    "hijackable: udp 0.0.0.0:5353, another process gets in",
  ]);
  const [one] = auditReport().listeners;
  const single = await render("pretty", { ...auditReport(), listeners: one ? [one] : [] });
  expect(single.split("\n")[0]).toBe("hijackable: udp 0.0.0.0:5353, another process gets in");
});

test("Of the whole machine pretty has a line for each listener.", async () => {
  const unseen = ["what other accounts hold"];
  const text = await render("pretty", { ...auditReport(), command: null, unseen });
  expect(text.split("\n").map((line) => line.split("  ")[0])).toEqual([
    "1 hijackable, 1 undecided, 1 shared-by-design, 1 exclusive",
    expect.stringMatching(/^hijackable {7}udp 0\.0\.0\.0:5353$|^hijackable$/),
    expect.stringMatching(/^undecided/),
    expect.stringMatching(/^shared-by-design/),
    expect.stringMatching(/^exclusive/),
    "not seen: what other accounts hold",
    expect.stringMatching(/^0 attempts/),
    "",
  ]);
  expect(text).toContain("to close it: leave it out");
});

test("A long command line is cut in its middle, so that an answer stays short.", async () => {
  const [one] = auditReport().listeners;
  const commandLine = `java -cp ${"a.jar:".repeat(500)} -Dport=80 org.example.Main`;
  const owners = [{ pid: 4711, executable: null, commandLine }];
  const text = await render("pretty", {
    ...auditReport(),
    listeners: one ? [{ ...one, owners }] : [],
  });
  expect(text.replace(/\s+/g, " ")).toMatch(
    /held by java -cp (a\.jar:)+a\.jar \.\.\. ar: -Dport=80 org\.example\.Main \(process 4711\)/,
  );
  expect(text.length).toBeLessThan(1500);
});

test("json is the report itself.", async () => {
  expect(JSON.parse(await render("json"))).toEqual(auditReport());
});
