import { Script } from "node:vm";
import { expect, test } from "vitest";
import { pageScript } from "./page-files.ts";

test("The page's modules are one script that an engine accepts: no name is in two of them.", () => {
  expect(new Script(`(async () => {\n${pageScript()}\n})`)).toBeInstanceOf(Script);
});
