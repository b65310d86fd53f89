import { expect, test } from "vitest";
import { replay } from "../../reports/golden/replay.ts";
import { describeTarget } from "../require-target.ts";
import { chromiumHere, drawn, useChromium } from "./chromium.ts";
import { manyClaims } from "./streams.ts";

const SYSTEMS = ["w2016", "w2019", "w2022", "w2025", "w10", "w11", "w11-arm"];

describeTarget("chromium", chromiumHere, () => {
  const open = useChromium();

  test.each([
    ["side by side", SYSTEMS],
    ["as documented", SYSTEMS.slice(0, 1)],
  ])(
    "10,000 cells %s are searched, come back and open",
    async (_how, targets) => {
      const { page, offences } = await open(manyClaims(10_000, targets));
      const cells = page.locator("td[class]");
      const all = await cells.count();
      expect(all).toBeGreaterThan(targets.length > 1 ? 9999 : 2499);
      await page.getByLabel("Search").fill("ROW_3@");
      await drawn(page);
      const found = await cells.count();
      expect(found).toBeGreaterThan(0);
      expect(found).toBeLessThan(all / 2);
      await page.getByLabel("Search").fill("");
      await drawn(page);
      expect(await cells.count()).toBe(all);
      await page.locator("td.contradicted").nth(150).click();
      expect(await page.locator("dialog[open] .badge").innerText()).toBe("✗ contradicted");
      expect(offences).toEqual([]);
    },
    180_000,
  );
});

test("the page of 10,000 claims is small enough for a mail", async () => {
  const html = (await replay("html", manyClaims(10_000, SYSTEMS))).join("");
  expect(html.length).toBeLessThan(300_000);
});
