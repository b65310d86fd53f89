import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The way of the data, and the command line that drives it: each stage knows those before it. */
const STAGES = [
  "cases",
  "claims",
  "experiments",
  "binder",
  "pair",
  "reproduce",
  "observations",
  "audit",
  "verdicts",
  "results",
  "explored",
  "commands",
];

/** Words of a later stage that an earlier one has to speak. */
const SHARED = [
  "harness/experiments/experiment-id.ts", // a claim names its experiment
  "harness/results/target-problem.ts", // what measures tells that its target is lost
];

interface Import {
  /** Path of the importing file, from the root. */
  readonly from: string;
  /** Path of the imported file, or the name of a package. */
  readonly to: string;
  readonly isType: boolean;
}

const SOURCES = ["harness", "runners", "reports"]
  .flatMap((folder) => filesIn(folder))
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
const IMPORTS = SOURCES.flatMap(importsOf);

function filesIn(folder: string): string[] {
  const names = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return names.map((name) => path.posix.join(folder, name.replaceAll(path.sep, "/")));
}

function importsOf(file: string): Import[] {
  const text = readText(file);
  const found = [
    ...text.matchAll(/^(?:import|export) (type )?(?:[^"';]*? from )?"([^"]+)";$/gm),
    ...text.matchAll(/import\((type )?"([^"]+)"\)/g),
  ];
  return found.map(([, type, name = ""]) => ({
    from: file,
    to: name.startsWith(".") ? path.posix.join(path.posix.dirname(file), name) : name,
    isType: type !== undefined,
  }));
}

/** The imports for which something is so, as lines to read. */
function linesOf(isSo: (each: Import) => boolean): string[] {
  return IMPORTS.filter(isSo).map(({ from, to }) => `${from} imports ${to}`);
}

function stageOf(file: string): number {
  const [top, folder = ""] = file.split("/");
  return top === "harness" ? STAGES.indexOf(folder) : -1;
}

const isIn = (file: string, folders: readonly string[]): boolean =>
  folders.some((folder) => file.startsWith(`${folder}/`));

test("The imports of the sources are found.", () => {
  expect(SOURCES.length).toBeGreaterThan(50);
  expect(IMPORTS).toContainEqual({
    from: "harness/commands/main.ts",
    to: "harness/commands/harness-version.ts",
    isType: false,
  });
  expect(IMPORTS).toContainEqual({
    from: "harness/commands/main.ts",
    to: "harness/commands/run-session.ts",
    isType: false,
  });
  expect(IMPORTS).toContainEqual({
    from: "harness/binder/libc.ts",
    to: "koffi",
    isType: true,
  });
});

test("No stage uses the code of a later one.", () => {
  const backwards = linesOf(
    ({ from, to, isType }) =>
      !isType && stageOf(from) >= 0 && stageOf(to) > stageOf(from) && !SHARED.includes(to),
  );
  expect(backwards).toEqual([]);
});

test("What measures knows nothing of what is said: not even a type.", () => {
  const measuring = ["harness/experiments", "harness/binder", "harness/pair"];
  const saying = ["harness/cases", "harness/claims", "harness/verdicts"];
  expect(linesOf(({ from, to }) => isIn(from, measuring) && isIn(to, saying))).toEqual([]);
});

test("What is the second binder of a server knows nothing of how that is judged.", () => {
  const trying = ["holdings", "command", "attempts"].map((name) => `harness/audit/${name}`);
  const judging = ["judge", "advise", "advice-table", "audit-exit-code", "audit-report"];
  const known = linesOf(
    ({ from, to }) =>
      isIn(from, trying) && judging.some((name) => to === `harness/audit/${name}.ts`),
  );
  expect(known).toEqual([]);
});

test("A binder loads nothing but Node, its own folder and koffi.", () => {
  const others = linesOf(
    ({ from, to, isType }) =>
      isIn(from, ["harness/binder"]) &&
      !to.startsWith("node:") &&
      !isIn(to, ["harness/binder"]) &&
      !(to === "koffi" && isType),
  );
  expect(others).toEqual([]);
});

test("Runners and reports use types of the harness and the words of its results, and not each other.", () => {
  const outside = linesOf(
    ({ from, to, isType }) =>
      isIn(from, ["runners", "reports"]) &&
      to.includes("/") &&
      isIn(to, ["harness"]) &&
      !isType &&
      !isIn(to, ["harness/results"]) &&
      to !== "harness/package-root.ts",
  );
  expect(outside).toEqual([]);
  expect(linesOf(({ from, to }) => isIn(from, ["runners"]) && isIn(to, ["reports"]))).toEqual([]);
  expect(linesOf(({ from, to }) => isIn(from, ["reports"]) && isIn(to, ["runners"]))).toEqual([]);
});

test("Nothing of the harness but the command line knows runners and reports by more than type.", () => {
  const known = linesOf(
    ({ from, to, isType }) =>
      isIn(from, ["harness"]) &&
      !isIn(from, ["harness/commands"]) &&
      isIn(to, ["runners", "reports"]) &&
      !isType,
  );
  expect(known).toEqual([]);
});

test("No file is named for having no purpose of its own.", () => {
  const all = [
    ...filesIn("harness"),
    ...filesIn("runners"),
    ...filesIn("reports"),
    ...filesIn("tests"),
  ];
  expect(
    all.filter((file) => /(^|\/)(utils?|common|helpers?|misc|shared)(\.|\/)/.test(file)),
  ).toEqual([]);
});

function readText(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}
