import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  ...readdirSync(path.join(ROOT, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

test.each(PAGES)("every link and every file that %s names is there", (page) => {
  const text = withoutCode(read(page));
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = ""]) => to);
  const broken = links.filter((to) => !/^https?:/.test(to) && !leadsSomewhere(page, to));
  const named = [...text.matchAll(/`((?:harness|runners|reports|tests|cases)\/[\w./-]+)`/g)];
  const missing = named.flatMap(([, file = ""]) =>
    /NAME|THE\//.test(file) || existsSync(path.join(ROOT, file)) ? [] : [file],
  );
  expect({ broken, missing }).toEqual({ broken: [], missing: [] });
});

test("from the index every page of docs/ can be reached", () => {
  const reached = new Set(["docs/README.md"]);
  for (const page of reached) {
    if (!page.endsWith(".md")) continue;
    for (const [, to = ""] of read(page).matchAll(/\]\(([\w./-]+\.md)/g))
      reached.add(path.posix.join(path.posix.dirname(page), to));
  }
  expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
});

test("the page on the API names every key of a query", () => {
  const [, keys = ""] = /interface RunQuery \{(.*?)\n\}/s.exec(read("harness/run-query.ts")) ?? [];
  const named = [...keys.matchAll(/readonly (\w+)\?/g)].map(([, key = ""]) => key);
  const page = read("docs/api.md");
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
});

function leadsSomewhere(page: string, to: string): boolean {
  const [file = "", anchor] = to.split("#");
  const target = file === "" ? page : path.posix.join(path.posix.dirname(page), file);
  if (!existsSync(path.join(ROOT, target))) return false;
  return anchor === undefined || !target.endsWith(".md") || anchors(read(target)).includes(anchor);
}

/** As GitHub makes them from headings. */
function anchors(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```/gm, "");
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}
