import { expect, test } from "vitest";
import { ADVICE } from "./advice-table.ts";
import { advise } from "./advise.ts";
import type { Finding } from "../audit-report.ts";

const finding: Finding = {
  account: "other",
  options: ["SO_REUSEADDR"],
  family: "ipv4",
  address: "0.0.0.0",
  relation: "same",
  isInvited: false,
  isCopy: false,
  shares: null,
  orAllWith: [],
};

test("Advice for a runtime stands before that for all.", () => {
  const at = (runtime: string | null) =>
    advise([finding], { platform: "linux", runtime, protocol: "udp", port: 8125 }).map(
      ({ text }) => text,
    );
  expect(at("node")).toEqual([expect.stringContaining("dgram.createSocket")]);
  expect(at("python")).toEqual([expect.stringContaining("allow_reuse_address")]);
  expect(at("redis")).toEqual(at(null));
});

test("Whatever gets in, on whatever system, there is advice; one piece is given once.", () => {
  for (const platform of ["linux", "windows", "macos", "freebsd", "openbsd"])
    for (const options of [[], ["SO_REUSEADDR"], ["SO_REUSEPORT"], ["SO_EXCLUSIVEADDRUSE"]])
      for (const runtime of [null, "node", "java", ".net", "nginx"]) {
        const way = { ...finding, options };
        const given = advise([way, way], { platform, runtime, protocol: "tcp", port: 80 });
        expect(given).toHaveLength(1);
      }
});

test("Every row says where it is from, and no row is hidden behind an earlier one.", () => {
  for (const [index, row] of ADVICE.entries()) {
    expect(row.source.url).toMatch(/^https?:\/\/\S+$/);
    const hiding = ADVICE.slice(0, index).find((earlier) =>
      (["platform", "runtime", "protocol", "option", "port"] as const).every(
        (key) => earlier[key] === undefined || earlier[key] === row[key],
      ),
    );
    expect(hiding).toBeUndefined();
  }
});
