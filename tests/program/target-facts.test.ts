import path from "node:path";
import { expect, test } from "vitest";
import type { TargetLine } from "../../harness/results/line.ts";
import { bindcheck, makeFolder, readStream } from "./bindcheck.ts";

const ONE = ["cases/controls.yaml", "--filter", "tcp/ipv4 none@specific > none@specific"];

async function targetLine(env: Record<string, string>, ...more: string[]): Promise<TargetLine> {
  const file = path.join(await makeFolder(), "results.ndjson");
  await bindcheck(["run", ...ONE, ...more, "--reporter", `ndjson=${file}`], { env });
  return readStream(file).find((line) => line.type === "target") as TargetLine;
}

test("A target's line tells the rights, the image of a hosted runner, and the ports that are avoided.", async () => {
  const line = await targetLine({ ImageOS: "win25", ImageVersion: "20261110.1.0" });
  expect(line.runtime).toMatchObject({
    image: "win25 20261110.1.0",
    privileges: expect.stringMatching(
      process.platform === "win32" ? /^(administrator|user)$/ : /^(root|user)$/,
    ) as string,
  });
  expect(line.portsToAvoid?.length).toBeGreaterThan(0);
});

test("Elsewhere there is no image, and no range where the caller names the ports.", async () => {
  const line = await targetLine({ ImageOS: "", ImageVersion: "" }, "--ports", "21000-21400");
  expect(line.runtime).not.toHaveProperty("image");
  expect(line).not.toHaveProperty("portsToAvoid");
});

test.skipIf(process.platform !== "win32")(
  "On Windows the build has its cumulative update.",
  async () => {
    expect((await targetLine({})).os.build).toMatch(/^\d+\.\d+$/);
  },
);
