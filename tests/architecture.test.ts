import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { groupBy } from "../harness/model/group-by.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * The way of the data, in the only legal order of import: a folder imports from those above it, types included.
 * `entry` is what starts a program or is imported from the package: main, index, run, vitest.
 */
const ORDER = [
  "model",
  "binder",
  "experiments",
  "inputs",
  "cases",
  "claims",
  "results",
  "binder-client",
  "trial",
  "measure",
  "verdicts",
  "explored",
  "audit",
  "reproduce",
  "reports",
  "runners",
  "session",
  "outputs",
  "commands",
  "entry",
];

interface Import {
  /** Path of the importing file, from the root. */
  readonly from: string;
  /** Path of the imported file, or the name of a package. */
  readonly to: string;
  readonly isType: boolean;
  /** It is loaded when the code that needs it runs, not with the file. */
  readonly isLate: boolean;
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
  return found.map(([whole, type, name = ""]) => ({
    from: file,
    to: name.startsWith(".") ? path.posix.join(path.posix.dirname(file), name) : name,
    isType: type !== undefined,
    isLate: whole.startsWith("import("),
  }));
}

/** The imports for which something is so, as lines to read. */
function linesOf(isSo: (each: Import) => boolean): string[] {
  return IMPORTS.filter(isSo).map(({ from, to }) => `${from} imports ${to}`);
}

function folderOf(file: string): string {
  const [top = "", folder = "", ...rest] = file.split("/");
  if (top !== "harness") return top;
  if (rest.length > 0) return folder;
  return file === "harness/package-root.ts" ? "model" : "entry";
}

const isIn = (file: string, folders: readonly string[]): boolean =>
  folders.some((folder) => file.startsWith(`${folder}/`));

test("The imports of the sources are found.", () => {
  expect(SOURCES.length).toBeGreaterThan(50);
  expect(IMPORTS).toContainEqual({
    from: "harness/commands/main.ts",
    to: "harness/session/harness-version.ts",
    isType: false,
    isLate: false,
  });
  expect(IMPORTS).toContainEqual({
    from: "harness/commands/measuring-commands.ts",
    to: "harness/commands/run.ts",
    isType: false,
    isLate: true,
  });
  expect(IMPORTS).toContainEqual({
    from: "harness/binder/libc.ts",
    to: "koffi",
    isType: true,
    isLate: false,
  });
});

test("Every folder has its place in the order.", () => {
  expect([...new Set(SOURCES.map(folderOf))].toSorted()).toEqual(ORDER.toSorted());
});

test("A folder imports only from folders above it, types included.", () => {
  const place = (file: string): number => ORDER.indexOf(folderOf(file));
  const isOurs = (file: string): boolean => SOURCES.includes(file);
  expect(linesOf(({ from, to }) => isOurs(to) && place(to) > place(from))).toEqual([]);
});

test("No files import each other in a circle, types included.", () => {
  const importsBy = groupBy(IMPORTS, ({ from }) => from);
  const finished = new Set<string>();
  const circles: string[] = [];
  const follow = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(" > "));
    if (way.includes(file) || finished.has(file)) return;
    for (const { to } of importsBy.get(file) ?? []) follow(to, [...way, file]);
    finished.add(file);
  };
  for (const file of SOURCES) follow(file, []);
  expect(circles).toEqual([]);
});

test("What measures knows nothing of what is said: not even a type.", () => {
  const measuring = ["experiments", "binder", "binder-client", "trial", "measure"].map(
    (name) => `harness/${name}`,
  );
  const saying = ["harness/cases", "harness/claims", "harness/verdicts"];
  expect(linesOf(({ from, to }) => isIn(from, measuring) && isIn(to, saying))).toEqual([]);
});

test("What is the second binder of a server knows nothing of how that is judged.", () => {
  const trying = ["holdings", "command", "attempts"].map((name) => `harness/audit/${name}`);
  const judging = [
    "judge",
    "advice/advise",
    "advice/advice-table",
    "audit-exit-code",
    "audit-report",
  ];
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

test("What starts binders on a target knows no case file, claim, plan or result: not even a type.", () => {
  const allowed = [
    "runners",
    "harness/model",
    "harness/binder",
    "harness/binder-client",
    "harness/package-root.ts",
  ];
  const others = linesOf(
    ({ from, to }) =>
      isIn(from, ["runners"]) &&
      /^(harness|reports)\//.test(to) &&
      !allowed.some((name) => to === name || to.startsWith(`${name}/`)),
  );
  expect(others).toEqual([]);
});

test("Runners and reports do not know each other.", () => {
  expect(linesOf(({ from, to }) => isIn(from, ["runners"]) && isIn(to, ["reports"]))).toEqual([]);
  expect(linesOf(({ from, to }) => isIn(from, ["reports"]) && isIn(to, ["runners"]))).toEqual([]);
});

test("The model needs nothing but itself at run time.", () => {
  const others = linesOf(
    ({ from, to, isType }) =>
      isIn(from, ["harness/model"]) &&
      !isType &&
      !isIn(to, ["harness/model"]) &&
      to !== "node:util",
  );
  expect(others).toEqual([]);
});

test("A run, and a list of claims, load neither schemas nor the YAML parser where the package's own files do.", () => {
  const importsBy = groupBy(
    IMPORTS.filter(({ isType, isLate }) => !isType && !isLate),
    ({ from }) => from,
  );
  const ways: string[] = [];
  const seen = new Set<string>();
  const follow = (file: string, way: readonly string[]): void => {
    if (file === "zod" || file === "yaml") ways.push([...way, file].join(" > "));
    if (seen.has(file)) return;
    seen.add(file);
    for (const { to } of importsBy.get(file) ?? []) follow(to, [...way, file]);
  };
  for (const name of ["main", "run", "list", "explore"]) follow(`harness/commands/${name}.ts`, []);
  expect(ways).toEqual([]);
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
