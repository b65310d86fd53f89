import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, expect, test } from "vitest";

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

let tests: Report["testResults"][number]["assertionResults"] = [];
let exitCode: number | undefined;

beforeAll(async () => {
  const at = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const config = at("tests/vitest-export/vitest.config.ts");
  const ended = await execa(
    process.execPath,
    [at("node_modules/vitest/vitest.mjs"), "run", "--config", config, "--reporter", "json"],
    { reject: false, stdin: "ignore", cwd: at("") },
  );
  exitCode = ended.exitCode;
  tests = (JSON.parse(ended.stdout) as Report).testResults[0]?.assertionResults ?? [];
});

const isOwn = ({ ancestorTitles: [, heading = ""] }: (typeof tests)[number]): boolean =>
  heading.startsWith("Told by a test");
const titled = (part: string) => tests.find((each) => isOwn(each) && each.title.includes(part));

test("Every claim is one test.", () => {
  expect(tests.filter(isOwn)).toHaveLength(4);
});

test.runIf(process.platform === "linux")(
  "Without files the package's documents about this system are taken, and no others.",
  () => {
    const taken = tests.filter((each) => !isOwn(each));
    const headings = taken.map(({ ancestorTitles }) => ancestorTitles.join());
    expect(headings).toContainEqual(expect.stringContaining("socket(7)"));
    expect(headings).not.toContainEqual(expect.stringMatching(/Windows|BSD/));
    expect(taken.map(({ status }) => status)).not.toContain("failed");
  },
);

test("A claim that holds passes.", () => {
  expect(titled("none@specific > none@specific")?.status).toBe("passed");
});

test("A claim that is contradicted fails and tells what was expected, observed and where it stands.", () => {
  const contradicted = titled("none@wildcard > none@wildcard: success");
  expect(contradicted?.status).toBe("failed");
  const message = contradicted?.failureMessages?.join("\n");
  expect(message).toMatch(/expected success, observed (WSA)?EADDRINUSE \(\d+\) at bind/);
  expect(message).toMatch(/cases\.yaml:11:\d+/);
  expect(exitCode).toBe(1);
});

test("What cannot be measured here, and what speaks of another system, is skipped.", () => {
  expect(titled("SO_EXCLUSIVEADDRUSE@specific")?.status).toBe("skipped");
  expect(titled("SO_REUSEADDR@wildcard")?.status).toBe("skipped");
});
