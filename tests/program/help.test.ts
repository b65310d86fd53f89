import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { bindcheck } from "./bindcheck.ts";

test("The help of every command has one example of it, a page that is there, and no empty default.", async () => {
  const { stdout } = await bindcheck(["--help"]);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) .*/gm)].map(([, name]) => name!);
  const commands = names.filter((name) => name !== "help");
  expect(commands.length).toBeGreaterThan(15);
  const helps = await Promise.all(
    commands.map(async (name) => [name, (await bindcheck([name, "--help"])).stdout] as const),
  );
  for (const [name, help] of helps) {
    expect(help.match(/^Example: {2}bindcheck ([a-z]+)/gm)).toEqual([
      `Example:  bindcheck ${name}`,
    ]);
    const [, page = ""] = /^More: +(.+)$/m.exec(help) ?? [];
    expect(existsSync(page), page).toBe(true);
    expect(help).not.toContain("[]");
  }
}, 180_000);

test.each([
  [["rnu"], "unknown command 'rnu' (did you mean run?) (see 'bindcheck --help')"],
  [["run", "--documnet=x"], "unknown option '--documnet=x' (did you mean --document?)"],
  [["run", "--on=wien"], "did you mean 'wine'?"],
  [["run", "--document=socket-7/reuse-addr-bound"], "did you mean socket-7/reuseaddr-bound"],
  [["run", "--reporter=junti"], "did you mean 'junit'?"],
])("%j is answered with the nearest right word.", async (words, near) => {
  const { exitCode, stderr } = await bindcheck(words);
  expect(stderr.split("\n")).toHaveLength(1);
  expect(stderr).toContain(near);
  expect(exitCode).toBe(2);
});
