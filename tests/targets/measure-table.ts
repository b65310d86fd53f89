import { fileURLToPath } from "node:url";
import type { Runner } from "../../runners/runner.ts";
import { collect, runRequest, type Collected } from "./run-request.ts";

const FILES = ["socket-7", "other-account"].map((name) =>
  fileURLToPath(new URL(`../../cases/linux/${name}.yaml`, import.meta.url)),
);

/** Has a target measure one protocol of Linux's own tables, which ask for second addresses and another account. */
export function measureTable(runner: Runner): Promise<Collected> {
  const { selection } = runRequest();
  return collect(
    runner.run(runRequest({ selection: { ...selection, files: FILES, protocol: ["udp"] } })),
  );
}
