import { expect, test } from "vitest";
import { recordedLines, replay } from "../../reports/golden/replay.ts";
import { describeTarget } from "../require-target.ts";
import { chromiumHere, SOON, useChromium } from "./chromium.ts";
import { ATTACK, hostileLines } from "./streams.ts";

describeTarget("chromium", chromiumHere, () => {
  const open = useChromium();

  test("nothing is requested and nothing goes wrong, also when every claim is opened", async () => {
    const { page, offences } = await open(recordedLines());
    for (const cell of await page.locator("td[class]").all()) await cell.click();
    expect(await page.locator("dialog h2").count()).toBe(1);
    expect(offences).toEqual([]);
  });

  test("markup in what a run said is text", async () => {
    const { page, offences } = await open(hostileLines());
    for (const cell of await page.locator("td[class]").all()) await cell.click();
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("script").count()).toBe(2);
    expect(await page.locator("a[href^='javascript']").count()).toBe(0);
    expect(await page.locator(".card h3").allTextContents()).toContain(`wine${ATTACK}`);
    await page.locator(".document").first().locator("td[class]").first().click();
    expect(await page.locator("dialog").textContent()).toContain(ATTACK);
    expect(await page.locator(".document").allTextContents()).toEqual([
      expect.stringContaining(ATTACK),
      expect.stringContaining("<script>alert(1)</script>"),
    ]);
    expect(offences).toEqual([]);
  });

  test("the policy lets no other script run", async () => {
    const { page, offences } = await open(recordedLines());
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'ran'";
      document.body.append(script);
      document.body.append(Object.assign(document.createElement("img"), { src: "http://[::1]/" }));
    });
    expect(await page.title()).not.toBe("ran");
    // The browser complains when it comes to it.
    const complaints = (): string[] => offences.filter((offence) => offence.startsWith("console"));
    await expect
      .poll(complaints, SOON)
      .toEqual([
        expect.stringContaining("Content Security Policy"),
        expect.stringContaining("Content Security Policy"),
      ]);
  });

  test("a run that was cut off, one in which nothing was judged and an empty one say so", async () => {
    const lines = recordedLines();
    const { page } = await open(lines.filter(({ type }) => type !== "summary"));
    expect(await page.locator(".alert").allTextContents()).toEqual([
      expect.stringContaining("The run was cut off"),
      expect.stringContaining("ssh:host.example could not be measured"),
    ]);
    const nothing = await open(
      lines.filter(({ type }) => type === "run" || type === "target" || type === "summary"),
    );
    expect(await nothing.page.locator(".alert").textContent()).toContain("Nothing was judged");
    const empty = await open([]);
    expect(await empty.page.locator(".alert").textContent()).toContain("The run was cut off");
    expect([...nothing.offences, ...empty.offences]).toEqual([]);
  });
});

test("without any script the page says who differs and why", async () => {
  const html = (await replay("html", recordedLines())).join("").split("<script", 1)[0]!;
  expect(html).toContain("3 of 23 claims contradicted on local, wine");
  expect(html).toContain("expected 10048, observed success");
  expect(html).toContain("needs-second-ipv6-address");
});
