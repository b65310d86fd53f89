import { expect, test } from "vitest";
import type { TargetLine } from "../results/line.ts";
import { createMissingOptions } from "./missing-options.ts";

test("A system that lacks an option to combine is named, one that has all is not.", () => {
  const said: string[] = [];
  const { line } = createMissingOptions(["IP_FREEBIND", "SO_RCVBUF=4096"], (sentence) =>
    said.push(sentence),
  );
  const targetOf = (target: string, system: string): TargetLine =>
    ({ type: "target", target, platform: { implements: system } }) as TargetLine;
  line(targetOf("wine", "windows"));
  line(targetOf("local", "linux"));
  expect(said).toEqual(["wine: windows has no IP_FREEBIND, so that it is not combined"]);
});
