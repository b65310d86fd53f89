import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { Line } from "../../harness/results/line.ts";
import { replay } from "../../reports/golden/replay.ts";
import type { Availability } from "../../runners/runner.ts";
import { isExecutable } from "../require-target.ts";

const EXECUTABLE = "/usr/bin/chromium";

/** Whether Debian's Chromium is here. */
export const chromiumHere: Availability = isExecutable(EXECUTABLE)
  ? { here: true, what: EXECUTABLE }
  : { here: false, why: `there is no ${EXECUTABLE}`, mend: "apt-get install chromium" };

/** How long a page may take for what it does at once, on a machine with other work. */
export const SOON = { timeout: 50_000 };
const MOST_TO_START_MS = 110_000;

/** How a page is to be opened. */
export interface Opening {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  /** The part behind `#`. */
  readonly hash?: Readonly<Record<string, string>>;
}

/** A page, and what it did that a report must not. */
export interface OpenedPage {
  readonly page: Page;
  /** Requests other than for the report itself, errors, and breaches of its policy. */
  readonly offences: readonly string[];
}

/**
 * Starts Chromium for the tests of a `describe`; the function opens the report of a stream in it, in place of the one
 * before: a new tab takes six times as long as a report in an old one.
 */
export function useChromium(): (lines: Iterable<Line>, opening?: Opening) => Promise<OpenedPage> {
  let browser: Browser;
  let page: Page;
  const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-page-"));
  let files = 0;

  beforeAll(async () => {
    const [executablePath, timeout] = [EXECUTABLE, MOST_TO_START_MS];
    browser = await chromium.launch({ executablePath, args: ARGUMENTS, timeout });
    page = await browser.newPage();
    page.setDefaultTimeout(SOON.timeout);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  return async (lines, { width = 1440, colorScheme = "light", hash = {} } = {}) => {
    const file = path.join(folder, `${files++}.html`);
    writeFileSync(file, (await replay("html", lines)).join(""));
    await page.goto("about:blank");
    page.removeAllListeners();
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ media: null, colorScheme });
    const url = pathToFileURL(file).href;
    const offences = watch(page, url);
    await page.goto(`${url}#${new URLSearchParams(hash).toString()}`);
    await drawn(page);
    return { page, offences };
  };
}

/** Waits until the tables are drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.locator("html[data-drawn=true]").waitFor({ state: "attached" });
}

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function watch(page: Page, url: string): string[] {
  const offences: string[] = [];
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url) offences.push(`request: ${request.url()}`);
  });
  page.on("pageerror", (error) => offences.push(`error: ${error.message}`));
  page.on("console", (message) => offences.push(`console: ${message.text()}`));
  page.on("dialog", (dialog) => {
    offences.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return offences;
}
