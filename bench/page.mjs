import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const BINDCHECK = fileURLToPath(new URL("../dist/bindcheck.cjs", import.meta.url));
const CHROMIUM = "/usr/bin/chromium";
const ROUNDS = 5;

/** The page of a whole run in Chromium: until it is drawn, and what a reader waits for then. */
export async function measurePage({ print, out }) {
  print("");
  print("## The page");
  print("");
  if (!existsSync(CHROMIUM)) return print(`Not measured: there is no ${CHROMIUM}.`);
  spawnSync(process.execPath, [BINDCHECK, "run", "--out", out], { stdio: "ignore" });
  const url = pathToFileURL(`${out}/report.html`).href;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await read(browser, url));
  await browser.close();
  print(`A run of everything on this machine, in ${browser.version()}; medians of ${ROUNDS}.`);
  print("");
  print("| what | takes |");
  print("| --- | --- |");
  for (const what of Object.keys(rounds[0]))
    print(`| ${what} | ${median(rounds.map((round) => round[what])).toFixed(0)} ms |`);
}

/** Milliseconds of each thing that a reader does. */
async function read(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const drawn = () => page.locator("html[data-drawn=true]").waitFor({ state: "attached" });
  const timed = async (action) => {
    const start = performance.now();
    await action();
    return performance.now() - start;
  };
  const search = async (text) => {
    await page.getByLabel("Search").fill(text);
    await drawn();
  };
  const times = {
    "the page is opened and drawn": await timed(() => page.goto(url).then(drawn)),
    "a search leaves few rows": await timed(() => search("mapped-wildcard")),
    "all rows come back": await timed(() => search("")),
    "a cell is opened": await timed(() => page.locator("td[class]").nth(150).click()),
  };
  await page.close();
  return times;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
