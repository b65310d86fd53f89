import { expect, test } from "vitest";
import type { Line } from "../harness/results/line.ts";
import { recordedLines, replay } from "./golden/replay.ts";
import { reporterNames } from "./reporters.ts";

const MARK = /shipped|came with bindcheck/;

function deviating(shipped: { shipped?: true }): Line[] {
  return recordedLines().map((line) =>
    line.type === "verdict" && line.verdict === "contradicted"
      ? { ...line, verdict: "known-deviation", detail: "the reason", ...shipped }
      : line,
  );
}

test.each(reporterNames)(
  "%s tells a deviation that came with bindcheck from one of the caller's",
  async (name) => {
    expect((await replay(name, deviating({ shipped: true }))).join("")).toMatch(MARK);
    expect((await replay(name, deviating({}))).join("")).not.toMatch(MARK);
  },
);
