import { expect, test } from "vitest";
import { recordedLines } from "../../reports/golden/replay.ts";
import type { Line } from "../../harness/results/line.ts";
import { IN_USE, SUCCESS } from "../samples/recorded-run.ts";
import { describeTarget } from "../require-target.ts";
import { chromiumHere, drawn, SOON, useChromium } from "./chromium.ts";

const CHANGED = "tcp/ipv4 none@wildcard > none@specific";
const SAME = "tcp/ipv4 none@wildcard > none@wildcard";
/** In the order in which they start. */
const VERSIONS = ["6.12.113", "5.10.46", "6.1.176"];

/** Two experiments on three versions of Linux: one differs in the second version, one is the same known deviation. */
function threeVersions(): Line[] {
  const recorded = recordedLines();
  const find = <Type extends Line["type"]>(type: Type): Extract<Line, { type: Type }> =>
    recorded.find((line): line is Extract<Line, { type: Type }> => line.type === type)!;
  const lines = VERSIONS.flatMap((version): Line[] => {
    const target = `linux-${version}`;
    const platform = { name: "linux", implements: "linux", version };
    const isOdd = version === "6.1.176";
    const judge = (id: string, isSuccess: boolean, verdict: "held" | "contradicted"): Line[] => [
      {
        ...find("observation"),
        target,
        experiment: { ...find("observation").experiment, id },
        outcome: isSuccess ? SUCCESS : IN_USE,
      },
      {
        ...find("verdict"),
        target,
        experiment: id,
        verdict: id === SAME ? "known-deviation" : verdict,
      },
    ];
    return [
      { ...find("target"), target, platform },
      ...judge(CHANGED, isOdd, isOdd ? "contradicted" : "held"),
      ...judge(SAME, false, "held"),
    ];
  });
  return [find("run"), ...lines, find("summary")];
}

describeTarget("chromium", chromiumHere, () => {
  const open = useChromium();

  test("what changed between versions is said in their order, and leads to its claims", async () => {
    const { page, offences } = await open(threeVersions());
    const section = page.locator("section[aria-labelledby=versions]");
    expect(await section.locator("h3").textContent()).toBe(
      "linux 5.10.46, 6.1.176 and 6.12.113: 1 of 2 experiments differ",
    );
    expect(await section.locator("th[scope=col]").allTextContents()).toEqual([
      "experiments",
      "5.10.46",
      "6.1.176",
      "6.12.113",
    ]);
    expect(await section.locator("tbody tr > *").allTextContents()).toEqual([
      CHANGED,
      "EADDRINUSE",
      "success",
      "EADDRINUSE",
    ]);
    expect(await section.locator("strong").allTextContents()).toEqual(["success"]);
    await section.locator("a").click();
    await expect.poll(() => page.locator("output").textContent(), SOON).toBe("3 of 6 claims");
    await drawn(page);
    expect(offences).toEqual([]);
  });

  test("columns are versions in their order, and equal neighbours are one", async () => {
    const [run, ...rest] = threeVersions();
    const newest = rest
      .filter((line) => "target" in line && line.target === "linux-6.12.113")
      .map((line) => ({ ...line, target: "linux-7.2.7" }) as Line)
      .map((line): Line =>
        line.type === "target"
          ? { ...line, platform: { ...line.platform, version: "7.2.7" } }
          : line,
      );
    const { page } = await open([run!, ...newest, ...rest]);
    expect(await page.locator(".systems thead th").allTextContents()).toEqual([
      "document",
      "linux-5.10.46",
      "linux-6.1.176",
      "linux-6.12.113",
      "linux-7.2.7",
    ]);
    expect(await page.locator("#matrix thead th").allTextContents()).toEqual([
      "experiment",
      "linux",
      "tcp/ipv4",
      "5.10.46",
      "6.1.176",
      "6.12.113 – 7.2.7",
    ]);
  });

  test("only differences leaves out a known deviation that every version shares", async () => {
    const { page } = await open(threeVersions(), { hash: { only: "differences" } });
    expect(await page.locator("output").textContent()).toBe("1 of 6 claims");
    expect(await page.locator("#matrix tbody tr:not(.group)").count()).toBe(1);
    await page.getByLabel("Target", { exact: true }).selectOption("linux-6.1.176");
    expect(await page.locator("output").textContent()).toBe("2 of 6 claims");
  });
});
