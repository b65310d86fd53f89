import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Line } from "../../harness/results/line.ts";
import { recordedLines } from "../../reports/golden/replay.ts";
import { describeTarget } from "../require-target.ts";
import { chromiumHere, drawn, SOON, useChromium } from "./chromium.ts";
import { everyWord, manyClaims } from "./streams.ts";

const lines = recordedLines();
const WIDE = ["windows-2022", "windows-2025"];

describeTarget("chromium", chromiumHere, () => {
  const open = useChromium();

  test("the grid on top has a row for each document and a column for each system", async () => {
    const { page } = await open(lines);
    expect(await page.locator(".systems thead th").allTextContents()).toEqual([
      "document",
      "local",
      "wine",
      "ssh:host.example ! lost",
    ]);
    const rows = await page.locator(".systems tbody tr").allInnerTexts();
    expect(rows.map((row) => row.split(/\s+/).join(" "))).toEqual([
      "All claims ✗ 1 of 9 ✗ 2 of 14 ",
      expect.stringMatching(/^SO_EXCLUSIVEADDRUSE .*\(Table 1\) ✗ 2 of 14 *$/),
      expect.stringMatching(/^socket\(7\) .*✗ 1 of 9 *$/),
    ]);
  });

  test("a cell of the grid leads to its claims, and the filters can be cleared", async () => {
    const { page } = await open(lines);
    await page.locator(".systems a.contradicted").last().click();
    await expect.poll(() => page.locator("output").textContent(), SOON).toBe("9 of 23 claims");
    await drawn(page);
    expect(await page.locator("section.document").count()).toBe(1);
    expect(await topOf(page, "#claims")).toBeLessThan(200);
    await page.getByRole("button", { name: "Clear filters" }).click();
    expect(await page.locator("output").textContent()).toBe("23 of 23 claims");
    expect(await page.getByRole("button", { name: "Clear filters" }).count()).toBe(0);
  });

  test("the grid is one Tab stop, and arrows move in it", async () => {
    const { page } = await open(lines);
    expect(await page.locator(".systems a:not([tabindex='-1'])").count()).toBe(1);
    await page.locator(".systems a[tabindex='0']").focus();
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => document.activeElement?.textContent?.replace(/\s+/g, " "));
    expect(await focused()).toBe("✗ 1 of 9");
    await page.keyboard.press("End");
    expect(await focused()).toBe("✗ 2 of 14");
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toBe("wine");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Home");
    expect(await focused()).toContain("(Table 1)");
  });

  test("documents in which nothing differs are folded, but not when nothing differs at all", async () => {
    const { page } = await open(documents(6, (index) => (index === 0 ? "contradicted" : "held")));
    expect(await page.locator(".systems tbody tr:visible").count()).toBe(2);
    await page.getByRole("button", { name: "Show 5 documents" }).click();
    expect(await page.locator(".systems tbody tr:visible").count()).toBe(7);
    const calm = await open(documents(6, () => "held"));
    expect(await calm.page.locator(".systems tbody tr:visible").count()).toBe(7);
    expect(await calm.page.locator("button.more").count()).toBe(0);
  });

  test("a cause is reported once for all targets", async () => {
    const { page } = await open(manyClaims(240, WIDE));
    expect(await page.locator(".causes > details > summary").allInnerTexts()).toEqual([
      "✗ 22 expected 10048, observed success windows-2022 11, windows-2025 11",
    ]);
  });

  test("protocols and families with equal outcomes are one column, which every claim of it leads to", async () => {
    const [claim] = [...manyClaims(4, ["a"])].filter(({ type }) => type === "verdict");
    const same = manyClaims(240, WIDE).map((line): Line =>
      line.type === "verdict" ? { ...line, verdict: "held" } : line,
    );
    const { page } = await open(same, {
      hash: {
        on: "windows-2022",
        in: (claim as Line & { type: "verdict" }).document,
        show: "udp/ipv6 none+OPTION_0@wildcard > ROW_0@wildcard",
      },
    });
    expect(await page.locator("#matrix thead th").allTextContents()).toEqual([
      "experiment",
      "linux",
      "tcp/ipv4, tcp/ipv6, udp/ipv4, udp/ipv6",
      expect.stringMatching(/windows-2022.* – .*windows-2025/),
    ]);
    expect(await page.locator("dialog").innerText()).toContain("udp/ipv6 on windows-2022");
    expect(await page.locator("td[aria-selected]").count()).toBe(1);
  });

  test("a link to a claim of a long page lands on its cell", async () => {
    const long = documents(60, () => "contradicted");
    const last = long.findLast((line) => line.type === "verdict") as Line & { type: "verdict" };
    const { page } = await open(long, {
      hash: { on: last.target, in: last.document, show: last.experiment },
    });
    const top = await topOf(page, "td[aria-selected]");
    expect(top).toBeGreaterThan(0);
    expect(top).toBeLessThan(900);
  });

  test.each([375, 1440])("no code is broken in the middle at %i px", async (width) => {
    const long = lines.map((line) =>
      JSON.parse(
        JSON.stringify(line)
          .replaceAll(/EADDRINUSE|(?<="expect":")10048/g, "EADDRNOTAVAILABLE")
          .replaceAll("SO_REUSEADDR@", "SO_EXCLUSIVEADDRUSE_EXCLUSIVEADDRUSE@"),
      ),
    ) as Line[];
    const { page } = await open(long, { width, hash: { layout: "table" } });
    const pieces = await page.locator("#matrix :is(th, td)").evaluateAll((cells) =>
      cells.flatMap((cell) => {
        const nodes = [cell, ...cell.querySelectorAll("span")].flatMap((one) => [
          ...one.childNodes,
        ]);
        return nodes.flatMap((node) => {
          const range = document.createRange();
          // A code, with the mark before it.
          return [...(node.nodeValue ?? "").matchAll(/(\u2260 )?[A-Z]{16,}/g)].map((found) => {
            range.setStart(node, found.index);
            range.setEnd(node, found.index + found[0].length);
            return `${found[0]} in ${new Set([...range.getClientRects()].map(({ top }) => top)).size}`;
          });
        });
      }),
    );
    expect([...new Set(pieces)].toSorted()).toEqual([
      "EADDRNOTAVAILABLE in 1",
      "EXCLUSIVEADDRUSE in 1",
      "\u2260 EADDRNOTAVAILABLE in 1",
    ]);
  });

  test("no option of a command is broken after its hyphens", async () => {
    const { page } = await open(lines, { width: 320 });
    await page.locator("td[class]").first().click();
    const pieces = await page.locator(".command code").evaluateAll((codes) =>
      codes.flatMap((code) => {
        const range = document.createRange();
        const texts = [code, ...code.children].flatMap((one) => [...one.childNodes]);
        return texts.flatMap((text) =>
          [...(text.nodeValue ?? "").matchAll(/--[a-z]+/g)].map((found) => {
            range.setStart(text, found.index);
            range.setEnd(text, found.index + found[0].length);
            return `${found[0]} in ${range.getClientRects().length}`;
          }),
        );
      }),
    );
    expect(pieces).toEqual(["--on in 1", "--filter in 1"]);
  });

  test.each([375, 1440])("no version is broken in a heading at %i px", async (width) => {
    const versions = Array.from({ length: 9 }, (_, at) => `gvisor@2024072${at}`);
    const { page } = await open(manyClaims(120, versions), { width });
    const headings = await page.locator(".systems thead a").evaluateAll((all) =>
      all.map(({ lastChild }) => {
        const range = document.createRange();
        range.selectNodeContents(lastChild!);
        return [lastChild?.textContent, range.getClientRects().length];
      }),
    );
    expect(headings).toHaveLength(versions.length);
    expect(headings).toEqual(versions.map((name) => [name.slice("gvisor".length), 1]));
  });

  test("the search finds documents by their title", async () => {
    const { page } = await open(lines);
    await page.getByLabel("Search").fill("winsock2.h");
    await drawn(page);
    expect(await page.locator("output").textContent()).toBe("14 of 23 claims");
  });

  test("skip links go to their part and leave the filters as they are", async () => {
    const { page } = await open(lines, { hash: { target: "local" } });
    await page.locator("a.skip").last().focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id), SOON).toBe("claims");
    expect(await page.evaluate(() => location.hash)).toBe("#target=local");
  });

  test("the contents lead to every part, and open what is folded", async () => {
    const { page } = await open(lines, { hash: { target: "wine" } });
    const links = page.locator("nav.contents a");
    expect(await links.allTextContents()).toEqual([
      "Documents and systems",
      "What differs",
      expect.stringMatching(/^Skipped, by reason/),
      "Targets",
      "All claims",
    ]);
    await links.nth(2).click();
    await page.locator("details#skipped[open]").waitFor({ state: "attached" });
    await links.last().click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id), SOON).toBe("claims");
    expect(await page.evaluate(() => location.hash)).toBe("#target=wine");
  });

  test("on paper every cause shows its experiments", async () => {
    const { page } = await open(lines);
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    const hidden = await page.locator("section > .causes > details:not([open])").count();
    expect(hidden).toBe(0);
    expect(await page.locator("section > .causes code").first().isVisible()).toBe(true);
  });

  test("every grid has a name", async () => {
    const { page } = await open(everyWord());
    const names = await page
      .locator("[role=grid]")
      .evaluateAll((all) =>
        all.map((one) => one.getAttribute("aria-label") ?? one.getAttribute("aria-labelledby")),
      );
    expect(names.length).toBeGreaterThan(2);
    expect(names.filter((name) => !name)).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});

/** A run with so many documents of one claim. */
function documents(count: number, word: (index: number) => "held" | "contradicted"): Line[] {
  const [run, ...rest] = manyClaims(count, ["windows-2022"]);
  const all = (run as Line & { type: "run" }).documents;
  let index = 0;
  const moved = rest.map((line): Line => {
    if (line.type !== "verdict") return line;
    const verdict = word(index);
    return { ...line, document: `document-${index++}`, verdict };
  });
  const named = Array.from({ length: count }, (_, i) => ({
    ...all[0]!,
    id: `document-${i}`,
    title: `Document ${i}`,
  }));
  return [{ ...(run as Line & { type: "run" }), documents: named }, ...moved];
}

async function topOf(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate((one) => one.getBoundingClientRect().top);
}
