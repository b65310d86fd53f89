import { once } from "node:events";
import { createWriteStream, readFileSync, type WriteStream } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAPPENED, bindcheck, makeFolder } from "./bindcheck.ts";

const RUN = ["run", "cases/linux/socket-7.yaml"];

// Linux has a device that is a full disk: full(4).
describe.skipIf(process.platform !== "linux")("On a full disk", () => {
  let full: WriteStream;
  beforeAll(async () => {
    full = createWriteStream("/dev/full");
    await once(full, "open");
  });
  afterAll(() => void full.destroy());

  test("one report is lost with a word, the others are whole, and the run has not passed.", async () => {
    const junit = path.join(await makeFolder(), "junit.xml");
    const reporters = ["--reporter", "ndjson=/dev/full", "--reporter", `junit=${junit}`];
    expect(await bindcheck([...RUN, ...reporters])).toEqual({
      exitCode: 3,
      stdout: expect.stringMatching(HAPPENED),
      stderr: [
        "/dev/full cannot be written to its end: ENOSPC: no space left on device, write",
        "exit code 3: a report could not be written to its end",
      ].join("\n"),
    });
    expect(readFileSync(junit, "utf8")).toMatch(/tests="234"[^]*<\/testsuites>\n$/);
  });

  test("standard output is lost with a word, and the run has not passed.", async () => {
    const { exitCode, stderr } = await bindcheck([...RUN, "--reporter", "tap=-"], {
      stdout: full,
    });
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(
      /^bindcheck cannot go on: standard output cannot be written: ENOSPC: no space left on device[^\n]*$/,
    );
  });

  test("what is said to people is lost, and nothing else.", async () => {
    const stream = path.join(await makeFolder(), "results.ndjson");
    const parameters = [...RUN, "--reporter", `ndjson=${stream}`];
    expect(await bindcheck(parameters, { stderr: full })).toMatchObject({ exitCode: 0 });
  });
});
