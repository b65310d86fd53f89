import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { recordedLines } from "../../reports/golden/replay.ts";
import { describeTarget } from "../require-target.ts";
import { chromiumHere, useChromium } from "./chromium.ts";
import { everyWord, hostileLines, manyClaims } from "./streams.ts";

const lines = recordedLines();

describeTarget("chromium", chromiumHere, () => {
  const open = useChromium();

  test.each([
    [375, "light"],
    [375, "dark"],
    [1440, "light"],
    [1440, "dark"],
  ] as const)("axe finds nothing at %i px, %s", async (width, colorScheme) => {
    const { page } = await open(everyWord(), { width, colorScheme });
    await page.locator("details").evaluateAll((all) => {
      for (const one of all) one.setAttribute("open", "");
    });
    expect(await violations(page)).toEqual([]);
    await page.locator("td.contradicted").last().click();
    expect(await violations(page)).toEqual([]);
  });

  test("axe finds nothing with targets side by side and some cells dim", async () => {
    const { page } = await open(manyClaims(240, ["windows-2022", "windows-2025"]), {
      hash: { only: "differences" },
    });
    expect(await violations(page)).toEqual([]);
  });

  test.each([375, 1440])("nothing is wider than the page at %i px", async (width) => {
    const streams = [lines, hostileLines(), manyClaims(280, ["a", "b", "c", "d", "e", "f", "g"])];
    for (const stream of streams) {
      const { page } = await open(stream, { width });
      expect(await pageWidth(page)).toBe(width);
      await page.locator("td.contradicted").first().click();
      expect(await pageWidth(page)).toBe(width);
      const panel = page.locator("dialog");
      expect(await panel.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
    }
  });

  test("on paper there are no controls, and no cell is hidden", async () => {
    const { page } = await open(manyClaims(2000, ["windows-2022"]));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".filters").isVisible()).toBe(false);
    expect(await page.locator("td[class]").last().isVisible()).toBe(true);
    expect(
      await page
        .locator(".scroll")
        .evaluateAll((all) => all.filter((one) => getComputedStyle(one).overflow !== "visible")),
    ).toEqual([]);
  });
});

async function violations(page: Page): Promise<string[]> {
  // The page's policy forbids scripts of others; what the debugger evaluates is not bound by it.
  await page.evaluate(axe.source);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document),
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} (${nodes.length})`);
}

async function pageWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth);
}
