import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { umlInit } from "./uml-init.ts";

const odd = ["a b", "it's", '"$HOME" `id`', "é漢", "", "back\\slash", "two\nlines"];

describe.skipIf(process.platform === "win32")("the first program of a user-mode Linux", () => {
  test("is one that a shell can read", () => {
    const script = umlInit(["node", ...odd], { BINDCHECK_OTHER_USER: "it's me" });
    expect(execFileSync("sh", ["-n"], { input: script, encoding: "utf8" })).toBe("");
  });

  test("gives the command its words and its environment as they are", () => {
    const program = "console.log(JSON.stringify([process.env.ODD, ...process.argv.slice(1)]))";
    const script = umlInit([process.execPath, "-e", program, "--", ...odd], { ODD: odd.join() });
    const lines = script.split("\n");
    const environment = script.slice(script.indexOf("export ODD"), script.indexOf("mount"));
    const command = lines.slice(lines.findIndex((line) => line.includes(program))).join("\n");
    const output = execFileSync("sh", ["-c", environment + command.replace(" >/dev/null", "")], {
      encoding: "utf8",
    });
    expect(JSON.parse(output)).toEqual([odd.join(), ...odd]);
  });
});
