import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { bindcheck, makeFolder, PROGRAM } from "./bindcheck.ts";

test.skipIf(process.platform !== "linux")(
  "Nothing is ticked that does not start, and what is started sees no password.",
  { timeout: 180_000 },
  async () => {
    const folder = await makeFolder();
    const program = path.join(folder, "linux.uml");
    const saw = path.join(folder, "saw");
    const script = `echo "$BINDCHECK_OTHER_PASSWORD" >"${saw}"\n[ "$1" = --version ] && echo 6.1.0`;
    writeFileSync(program, `#!/bin/sh\n${script}\nexit 1\n`);
    chmodSync(program, 0o755);
    const env = { PATH: folder, BINDCHECK_OTHER_PASSWORD: "secret" };
    const { exitCode, stdout } = await bindcheck(["doctor"], { env });
    expect(readFileSync(saw, "utf8")).toBe("\n");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^✓ target local /m);
    expect(stdout).toMatch(/^– target uml +(?:\S.*): /m);
    expect(stdout).not.toMatch(/^✓ target (?:uml|wine|gvisor) /m);
  },
);

// util-linux: a network namespace without a second IPv6 address, a user namespace without another user.
const isolated = await execa("unshare", ["-rn", "ip", "link", "set", "lo", "up"], {
  reject: false,
});

test.skipIf(process.platform !== "linux" || isolated.exitCode !== 0)(
  "What is missing is reported with its cost in experiments, and how to get it.",
  { timeout: 180_000 },
  async () => {
    const inside = 'ip link set lo up; PATH=/nowhere; exec "$0" "$1" doctor';
    const shell = ["-rn", "sh", "-ec", inside, process.execPath, PROGRAM];
    const { stdout } = await execa("unshare", shell);
    const cost = String.raw`\(without it [1-9]\d* of \d+ experiments are skipped\)$`;
    expect(stdout).toMatch(
      new RegExp(
        String.raw`^– ipv6 addresses +only ::1: add one: sudo ip -6 addr add .* ${cost}`,
        "m",
      ),
    );
    expect(stdout).toMatch(new RegExp(`^– another account +.*'nobody'.* ${cost}`, "m"));
    expect(stdout).toMatch(/^✓ ipv4 addresses +127\.0\.0\.1, 127\.0\.0\.2$/m);
  },
);
