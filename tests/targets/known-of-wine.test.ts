import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { wineRunner } from "../../runners/wine.ts";
import { HAPPENED, bindcheck, makeFolder } from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";

const KNOWN = ["--known", "known-deviations/wine.yaml"];
const RUN_MS = 300_000;

describeTarget("wine", await wineRunner().availability(), () => {
  test("every contradiction of Wine is known: the gate is open", { timeout: RUN_MS }, async () => {
    const run = ["run", "--on", "wine", ...KNOWN, "--reporter", "github"];
    expect(await bindcheck(run)).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: expect.stringMatching(HAPPENED),
    });
  });

  test(
    "one other expectation closes it, and the annotation points at its line",
    { timeout: RUN_MS },
    async () => {
      const table = readFileSync("cases/windows/so-exclusiveaddruse.yaml", "utf8");
      const row = "{ options: none, address: specific2, expect: [n/a, success,";
      const edited = path.join(await makeFolder(), "edited.yaml");
      writeFileSync(edited, table.replace(row, row.replace("success", "10048")));
      const line = table.slice(0, table.indexOf(row)).split("\n").length;
      const filter = ["--filter", "tcp/ipv4 SO_EXCLUSIVEADDRUSE@specific >"];
      const run = ["run", edited, ...filter, "--on", "wine", ...KNOWN, "--reporter", "github"];
      const { exitCode, stdout } = await bindcheck(run);
      expect(exitCode).toBe(1);
      expect(stdout.trimEnd().split("\n")).toEqual([
        expect.stringMatching(
          new RegExp(
            `^::error file=.*/edited\\.yaml,line=${line},col=\\d+,title=wine%3A expected 10048%2C observed success`,
          ),
        ),
      ]);
    },
  );
});
