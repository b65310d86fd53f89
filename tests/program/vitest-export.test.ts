import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, expect, test } from "vitest";

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
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

const titled = (part: string) => tests.find(({ title }) => title.includes(part));

test("Every claim is one test.", () => {
  expect(tests).toHaveLength(4);
});

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
