import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { afterEach, expect, test } from "vitest";
import { findPort } from "../find-port.ts";
import { auditServer, ownServer, verdictsOf } from "./audit.ts";

const isLinux = process.platform === "linux";

const strangers: net.Server[] = [];
afterEach(() => {
  for (const stranger of strangers.splice(0)) stranger.close();
});

/** Holds a port that no audit here asks for. */
async function startStranger(address: string): Promise<number> {
  const stranger = net.createServer().listen(await findPort(), address);
  strangers.push(stranger);
  await once(stranger, "listening");
  return (stranger.address() as net.AddressInfo).port;
}

test.runIf(isLinux)(
  "A process that takes the IPv4 port of another server takes nothing of this one.",
  async () => {
    const words = ["--", ...ownServer("six-only", await startStranger("127.0.0.1"))];
    const silent = await auditServer(...words);
    expect(silent.report.listeners).toMatchObject([{ takesIpv4: false, verdict: "exclusive" }]);
    const counted = await auditServer("--census", ...words);
    expect(counted.report.listeners).toMatchObject([{ takesIpv4: false, verdict: "exclusive" }]);
  },
);

test.runIf(isLinux)("An IPv4 wildcard of another server has that traffic.", async () => {
  const words = ["--", ...ownServer("six-only", await startStranger("0.0.0.0"))];
  for (const census of [[], ["--census"]]) {
    const audited = await auditServer(...census, ...words);
    expect(verdictsOf(audited)).toEqual(["tcp ::: exclusive"]);
    expect(audited.report.listeners[0]?.takesIpv4).toBe(false);
  }
});

test.runIf(isLinux)("What gets in while a server starts again says nothing of it.", async () => {
  const words = ["--", ...ownServer("restarts", await findPort())];
  for (const census of [[], ["--census"]]) {
    const { report, exitCode } = await auditServer(...census, ...words);
    expect(report.listeners).toMatchObject([{ isGone: true, verdict: "undecided" }]);
    expect(exitCode).toBe(3);
  }
});

test.runIf(isLinux)(
  "Another process on ::1 is mentioned, also one that is audited too.",
  async () => {
    const port = await findPort();
    const servers = ["127.0.0.1", "::1"].map((address) => {
      const [file = "", ...words] = ownServer("http", port, address);
      return spawn(file, words, { stdio: "ignore" });
    });
    try {
      await expect
        .poll(async () => (await auditServer(`--port=${port}`)).report.listeners.length, {
          timeout: 50_000,
        })
        .toBe(2);
      const { report } = await auditServer(`--port=${port}`);
      const ipv4 = report.listeners.find(({ address }) => address === "127.0.0.1");
      expect(ipv4?.notes).toEqual([
        "another socket holds this port on ::1, and takes the clients of 'localhost' that try ::1 first",
      ]);
    } finally {
      for (const each of servers) each.kill();
    }
  },
);
