import { fileURLToPath } from "node:url";
import { describe } from "vitest";
import type * as Export from "../../harness/vitest.ts";

// The built one, as users have it: binders are part of it.
const built = new URL("../../dist/harness/vitest.js", import.meta.url);
const { describeCases } = (await import(built.href)) as typeof Export;

const cases = (name: string): string =>
  fileURLToPath(new URL(`../../cases/${name}`, import.meta.url));

describe.runIf(process.platform === "linux")("This Linux", () => {
  describeCases([
    cases("linux/socket-7.yaml"),
    cases("linux/three-sockets.yaml"),
    cases("linux/measured-steps.yaml"),
    cases("linux/who-receives.yaml"),
    cases("node/linux-net.yaml"),
  ]);
});
