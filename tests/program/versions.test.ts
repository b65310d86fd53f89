import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { bindcheck, makeFolder } from "./bindcheck.ts";

test("an installed version is not looked for in any catalog", async () => {
  const cache = await makeFolder();
  const root = path.join(cache, "bindcheck/versions/wine-10.0");
  mkdirSync(root, { recursive: true });
  // Without a PATH there are no Debian tools that could ask.
  const env = { XDG_CACHE_HOME: cache, PATH: "" };
  expect(await bindcheck(["versions", "--install", "wine@10.0"], { env })).toEqual({
    exitCode: 0,
    stdout: `wine@10.0 is already in ${root}`,
    stderr: "",
  });
});
