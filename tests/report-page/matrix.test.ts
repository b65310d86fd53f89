import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { recordedLines } from "../../reports/golden/replay.ts";
import { describeTarget } from "../require-target.ts";
import { chromiumHere, drawn, useChromium } from "./chromium.ts";
import { manyClaims, optionClaims } from "./streams.ts";

const lines = recordedLines();
const CONTRADICTED = "tcp/ipv4 SO_REUSEADDR@wildcard > SO_EXCLUSIVEADDRUSE@wildcard";
const LINK = { on: "wine", in: "so-exclusiveaddruse/table-1", show: CONTRADICTED };

describeTarget("chromium", chromiumHere, () => {
  const open = useChromium();

  test("a cell says by text and mark what was observed and what was said", async () => {
    const { page } = await open(lines);
    const cell = tableOne(page).locator("td.contradicted").last();
    // What is off the screen is not laid out, and has no text that is visible.
    await cell.scrollIntoViewIfNeeded();
    expect(await cell.innerText()).toBe("✗ success\n≠ 10048");
    expect(await cell.getAttribute("aria-label")).toBe("success ≠ 10048, contradicted");
  });

  test("options are a table of options and questions, with the call only where it is another one", async () => {
    const { page } = await open(optionClaims(["SO_TYPE", "SO_ERROR"], ["get", "set"]));
    const table = page.locator("#matrix table");
    expect(await table.count()).toBe(1);
    expect(await table.locator("th").allTextContents()).toEqual([
      "option",
      "get",
      "set",
      "SO_ERROR",
      "SO_TYPE",
    ]);
    const [asked, set] = await table.locator("td").all();
    expect(await asked?.getAttribute("aria-label")).toBe("10042 ≠ yes, contradicted");
    expect(await set?.getAttribute("aria-label")).toBe("success, held");
  });

  test("a cell opens evidence, citation, place and the command that repeats it", async () => {
    const { page } = await open(lines);
    await tableOne(page).locator("td.contradicted").last().click();
    const text = await page.locator("dialog").innerText();
    for (const part of [
      "Bind behavior with various options set (Table 1)",
      "cases/windows/so-exclusiveaddruse.yaml:24:82",
      "[::]:20000",
      `bindcheck run --on wine --filter "tcp/ipv6 ${CONTRADICTED.slice("tcp/ipv4 ".length)}"`,
      `bindcheck explain "tcp/ipv6 ${CONTRADICTED.slice("tcp/ipv4 ".length)}"`,
      `bindcheck reproduce "tcp/ipv6 ${CONTRADICTED.slice("tcp/ipv4 ".length)}"`,
    ])
      expect(text).toContain(part);
    expect(await page.locator("dialog .citation a").getAttribute("href")).toBe(
      "https://learn.microsoft.com/windows/win32/winsock/so-exclusiveaddruse",
    );
  });

  test("a link to a claim opens it, and what is open is in the address", async () => {
    const { page } = await open(lines, { hash: LINK });
    expect(await page.locator("dialog").innerText()).toContain(CONTRADICTED);
    expect(await page.locator("td[aria-selected]").innerText()).toContain("✗ success");
    await page.locator(".elsewhere button", { hasText: "tcp/ipv6" }).click();
    expect((await hashOf(page)).get("show")).toBe(CONTRADICTED.replace("ipv4", "ipv6"));
    await page.goto(`${page.url().split("#")[0]}#target=local`);
    await page.locator("dialog:not([open])").waitFor({ state: "attached" });
    await drawn(page);
    expect(await page.locator("section.document").count()).toBe(1);
  });

  test("arrows move in the grid past empty cells, Enter opens, Escape comes back", async () => {
    const { page } = await open(lines);
    const table = page.locator("#matrix table", { hasText: "SO_EXCLUSIVEADDRUSE" }).first();
    await table.locator("td[tabindex='0']").focus();
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => document.activeElement?.textContent);
    expect(await focused()).toBe("✓ 10048");
    await page.keyboard.press("End");
    expect(await focused()).toBe("✗ success ≠ 10048");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("✓ success*");
    await page.keyboard.press("Home");
    expect(await focused()).toBe("✓ 10013");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("✓ success*");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    expect(await page.locator("dialog[open] .badge").innerText()).toBe("✗ contradicted");
    await page.keyboard.press("Escape");
    expect(await page.locator("dialog[open]").count()).toBe(0);
    expect(await focused()).toBe("✗ success ≠ 10048");
    expect(await page.locator("td[tabindex='0']").count()).toBe(
      await page.locator("#matrix table").count(),
    );
  });

  test("filters leave what they say, and the address keeps them", async () => {
    const { page } = await open(lines);
    const count = (): Promise<string | null> => page.locator("output").textContent();
    expect(await count()).toBe("23 of 23 claims");
    await page.getByLabel("Only differences").check();
    expect(await count()).toBe("6 of 23 claims");
    await page.getByLabel("Target", { exact: true }).selectOption("wine");
    expect(await count()).toBe("2 of 23 claims");
    await page.getByLabel("Search").fill("IPV6 exclusive");
    expect(await count()).toBe("1 of 23 claims");
    expect(Object.fromEntries(await hashOf(page))).toEqual({
      target: "wine",
      only: "differences",
      q: "IPV6 exclusive",
    });
    await page.reload();
    await drawn(page);
    expect(await count()).toBe("1 of 23 claims");
    expect(await page.locator("td.contradicted:not(.dim)").count()).toBe(1);
    await page.getByLabel("Search").fill("there is no such thing");
    await drawn(page);
    expect(await page.locator("#matrix").innerText()).toBe("No claim is left by these filters.");
  });

  test("several targets stand side by side, a row for each experiment", async () => {
    const { page } = await open(manyClaims(240, ["windows-2022", "windows-2025"]));
    expect(await page.locator("#matrix th[scope=colgroup]").allTextContents()).toEqual([
      "linux",
      "tcp/ipv4",
      "tcp/ipv6",
      "udp/ipv4",
      "udp/ipv6",
    ]);
    expect(await page.locator("#matrix th[scope=col]").count()).toBe(9);
    expect(await page.locator("#matrix tbody tr:not(.group)").count()).toBe(30);
    await page.getByLabel("Layout").selectOption("table");
    await drawn(page);
    expect(await page.locator("#matrix h3").first().textContent()).toContain(
      "windows-2022: tcp/ipv4",
    );
  });

  test("the arrows of the panel go from difference to difference, and round", async () => {
    const { page } = await open(lines, { hash: LINK });
    const seen = new Set<string>();
    for (let i = 0; i < 6; i++) {
      await page.getByLabel("Next difference").click();
      seen.add((await hashOf(page)).toString());
    }
    expect(seen.size).toBe(6);
    expect((await hashOf(page)).get("show")).toBe(CONTRADICTED);
  });
});

function tableOne(page: Page): Locator {
  return page.locator("section.document", { hasText: "(Table 1)" });
}

/** As the page has it: what Playwright knows of the address comes later. */
async function hashOf(page: Page): Promise<URLSearchParams> {
  return new URLSearchParams(await page.evaluate(() => location.hash.slice(1)));
}
