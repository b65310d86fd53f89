import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { netnsRunner } from "../../runners/netns.ts";
import { describeTarget } from "../require-target.ts";
import { bindcheck, makeFolder, observationsOf, readStream, verdictsOf } from "./bindcheck.ts";

// In a namespace of its own: what it sets and connects must not meet the ports of other tests.
describeTarget("netns", await netnsRunner().availability(), () => {
  test("An exploration of options is the same twice, holds on the same system, and shows what is not as it was.", async () => {
    const folder = await makeFolder();
    const files: string[] = [];
    for (const out of ["one", "two"]) {
      const selection = [
        "--on",
        "netns",
        "--options",
        "--protocol",
        "tcp",
        "--filter",
        "option SO_",
      ];
      const place = path.join(folder, out);
      const ended = await bindcheck(["explore", ...selection, "--out", place]);
      expect(ended).toMatchObject({ exitCode: 0, stdout: "" });
      files.push(path.join(place, "netns.yaml"));
    }
    const [one = "", two = ""] = files.map((file) => readFileSync(file, "utf8"));
    expect(two).toBe(one);
    const seen = observationsOf(readStream(path.join(folder, "one", "results.ndjson")));
    expect(seen.size).toBeGreaterThan(100);

    const judge = async (
      file: string,
    ): Promise<{ exitCode: number | undefined; words: string[] }> => {
      const stream = path.join(folder, "judged.ndjson");
      const known = ["--on", "netns", "--known", "none", "--reporter", `ndjson=${stream}`];
      const { exitCode } = await bindcheck(["run", file, ...known]);
      return { exitCode, words: verdictsOf(readStream(stream)).map(({ verdict }) => verdict) };
    };
    const same = await judge(files[0] ?? "");
    expect(same.exitCode).toBe(0);
    expect(new Set(same.words)).toEqual(new Set(["held"]));
    const changed = path.join(folder, "changed.yaml");
    writeFileSync(
      changed,
      one.replace(/(option: SO_KEEPALIVE, get: "success", default: )"0"/, '$1"1"'),
    );
    const other = await judge(changed);
    expect(other.exitCode).toBe(1);
    expect(other.words.filter((word) => word === "contradicted")).toHaveLength(1);
  }, 180_000);
});
