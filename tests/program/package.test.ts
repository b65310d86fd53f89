import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { execa } from "execa";
import { publint } from "publint";
import { beforeAll, expect, test } from "vitest";
import { readStream } from "./bindcheck.ts";
import { installedFolder, packOnce, reachableFrom, ROOT, type Packed } from "./packed.ts";

const TSC = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

let packed: Packed;
beforeAll(async () => {
  packed = await packOnce();
});

test("The package holds only what runs.", () => {
  const outside = packed.files.filter(
    (file) =>
      !/^(dist|cases|starter|docs|known-deviations|reports\/html\/page|runners\/ansible)\//.test(
        file,
      ),
  );
  expect(outside.toSorted()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "bindcheck.config.schema.json",
    "package.json",
  ]);
  const others = packed.files.filter(
    (file) => !/\.(js|cjs|d\.c?ts|yaml|yml|json|css|md|png)$|^LICENSE$/.test(file),
  );
  expect(others).toEqual([]);
  expect(packed.files.filter((file) => /\.test\.|\.map$|golden|(^|\/)tests\//.test(file))).toEqual(
    [],
  );
});

test("Every module in it is loaded by the program, or by who imports the package.", () => {
  const reached = reachableFrom(ROOT, [
    "dist/harness/main.js",
    "dist/harness/index.js",
    "dist/harness/vitest.js",
    "dist/harness/binder/binder.js",
    "dist/harness/audit/command/supervisor.js",
    "dist/runners/ssh/remote-start.js",
  ]);
  const modules = packed.files.filter((file) => file.endsWith(".js"));
  const unreached = modules.filter((file) => !reached.has(file));
  // What stands in the HTML report is read as text; modules of nothing but types are empty.
  const isLoaded = (file: string): boolean =>
    !file.startsWith("reports/html/page/") &&
    readFileSync(path.join(ROOT, file), "utf8").trim() !== "export {};";
  expect(unreached.filter(isLoaded)).toEqual([]);
  expect([...reached].filter((file) => !packed.files.includes(file))).toEqual([]);
});

test("publint has nothing to say.", async () => {
  const bytes = readFileSync(packed.tarball);
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages } = await publint({ pack: { tarball } });
  expect(messages).toEqual([]);
});

test("Its types are right for modules and for CommonJS.", async () => {
  const result = await checkPackage(createPackageFromTarballData(readFileSync(packed.tarball)));
  if (result.types === false) throw new Error("there are no types");
  const problems = result.problems.filter(
    (problem) =>
      // What knows no "exports" knows no Node that bindcheck runs on.
      !("resolutionKind" in problem && problem.resolutionKind === "node10"),
  );
  expect(problems).toEqual([]);
});

const CASES = `document:
  id: mine
  title: Mine
  section: All
  url: https://example.org/
  kind: measured
applies-to: { platform: any }
matrix: { protocol: tcp, family: ipv4 }
table:
  first: [{ options: none, address: specific }]
  second: [{ options: none, address: specific, expect: [EADDRINUSE | 10048] }]
`;

const PROGRAM = `import { run, type Line, type VerdictLine } from "bindcheck";

const measured = run({ files: ["mine.yaml"], protocol: ["tcp"] });
const verdicts: VerdictLine[] = [];
for await (const line of measured) {
  const each: Line = line;
  if (each.type === "verdict") verdicts.push(each);
}
const code: number = await measured.exitCode;
console.log(code, verdicts.map(({ verdict }) => verdict).join());
// @ts-expect-error There is no such protocol.
void (() => run({ protocol: ["sctp"] }));
`;

/** A program in CommonJS, as `node16` compiles it. */
const REQUIRING = `import { InputError, run, type Line } from "bindcheck";
import { describeCases } from "bindcheck/vitest";

void (async () => {
  const measured = run({ files: ["none.yaml"] });
  const lines: Line[] = [];
  for await (const line of measured) lines.push(line);
})().catch((error: unknown) => console.log(error instanceof InputError && error.lines));
// @ts-expect-error These are not case files.
void (() => describeCases(1));
`;

test(
  "Installed into an empty folder it measures, by name and by import.",
  { timeout: 240_000 },
  async () => {
    const folder = await installedFolder();
    const manifest = path.join(folder, "package.json");
    const installed = JSON.parse(readFileSync(manifest, "utf8")) as object;
    writeFileSync(manifest, JSON.stringify({ ...installed, private: true, type: "module" }));
    writeFileSync(path.join(folder, "mine.yaml"), CASES);
    writeFileSync(path.join(folder, "program.ts"), PROGRAM);

    const options = { cwd: folder, reject: false } as const;
    const ended = await execa("npx", ["bindcheck", "run", "mine.yaml"], options);
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toMatch(/^✓ local +1 held \(/m);
    const lines = readStream(path.join(folder, "bindcheck-results", "results.ndjson"));
    expect(lines.at(-1)?.type).toBe("summary");
    const own = await execa("npx", ["bindcheck", "check"], options);
    expect(own.exitCode).toBe(0);

    const strict = [
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2022",
      "--skipLibCheck",
      "false",
    ];
    const compiled = await execa(process.execPath, [TSC, ...strict, "program.ts"], options);
    expect(compiled).toMatchObject({ exitCode: 0, stdout: "" });
    const imported = await execa(process.execPath, ["program.js"], options);
    expect(imported).toMatchObject({ exitCode: 0, stdout: "0 held", stderr: "" });

    writeFileSync(path.join(folder, "requiring.cts"), REQUIRING);
    const node16 = strict.with(2, "node16");
    const older = await execa(process.execPath, [TSC, ...node16, "requiring.cts"], options);
    expect(older).toMatchObject({ exitCode: 0, stdout: "" });
    // Of Vitest's own entry: nothing may require it outside of a run of tests.
    const program = path.join(folder, "requiring.cjs");
    writeFileSync(
      program,
      readFileSync(program, "utf8").replace(/^.*require\("bindcheck\/vitest"\).*$/m, ""),
    );
    const required = await execa(process.execPath, [program], options);
    expect(required).toMatchObject({ exitCode: 0, stderr: "" });
    expect(required.stdout).toContain("none.yaml:1:1: there is no such file");
  },
);
