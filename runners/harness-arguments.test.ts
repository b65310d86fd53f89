import { expect, test } from "vitest";
import { runRequest } from "../tests/targets/run-request.ts";
import { harnessArguments } from "./harness-arguments.ts";

const place = { pathThere: (path: string) => `Z:${path}`, results: "Z:/tmp/results.ndjson" };

test("the plainest request says what is to be measured how", () => {
  expect(harnessArguments(runRequest(), place)).toEqual([
    "run",
    "--on=local",
    "--reporter=ndjson=Z:/tmp/results.ndjson",
    "--jobs=1",
    "--confirm=2",
    "--timeout=2000",
  ]);
});

test("everything that was asked is passed on, files as they are named there", () => {
  const request = runRequest({
    selection: {
      files: ["/cases/a b.yaml", "/cases/c.yaml"],
      filter: ["-none", "/none@.* > /"],
      protocol: ["tcp"],
      family: ["ipv4", "ipv6"],
      document: ["socket-7"],
      shard: "1/3",
    },
    options: { jobs: 4, isolate: true, confirm: 0, timeoutMs: 500, ports: [20_000, 21_000] },
  });
  expect(harnessArguments(request, place)).toEqual([
    "run",
    "Z:/cases/a b.yaml",
    "Z:/cases/c.yaml",
    "--on=local",
    "--reporter=ndjson=Z:/tmp/results.ndjson",
    "--filter=-none",
    "--filter=/none@.* > /",
    "--protocol=tcp",
    "--family=ipv4",
    "--family=ipv6",
    "--document=socket-7",
    "--shard=1/3",
    "--jobs=4",
    "--confirm=0",
    "--timeout=500",
    "--isolate",
    "--ports=20000-21000",
  ]);
});
