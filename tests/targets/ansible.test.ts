import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Availability } from "../../runners/runner.ts";
import { readStream } from "../program/bindcheck.ts";
import { installedFolder } from "../program/packed.ts";
import { describeTarget, isExecutable } from "../require-target.ts";

const SSHD = "/usr/sbin/sshd";
const HOSTS = ["alpha", "beta"];

function availability(): Availability {
  const needs = ["/usr/bin/ansible-playbook", SSHD];
  const missing = needs.find((file) => !isExecutable(file));
  const mend = "apt-get install --no-install-recommends ansible-core openssh-server";
  if (missing !== undefined) return { here: false, why: `there is no ${missing}`, mend };
  if (process.getuid?.() === 0) return { here: true, what: "ansible-core" };
  return { here: false, why: "only root may make network namespaces for hosts", mend: "sudo" };
}

describeTarget("ansible", availability(), () => {
  const holders: ChildProcess[] = [];
  let folder = "";
  let there = "";

  beforeAll(async () => {
    folder = await installedFolder();
    there = mkdtempSync(path.join(tmpdir(), "there-"));
    for (const name of ["host-key", "login-key"])
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", path.join(folder, name)]);
    execFileSync("cp", [path.join(folder, "login-key.pub"), path.join(folder, "authorized_keys")]);
    mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
    writeFileSync(path.join(folder, "sshd_config"), serverConfig());
    for (const name of HOSTS) writeFileSync(path.join(folder, `reach-${name}`), await host());
    for (const name of HOSTS) chmodSync(path.join(folder, `reach-${name}`), 0o755);
    writeFileSync(path.join(folder, "hosts"), inventory());
  }, 300_000);
  afterAll(() => {
    for (const each of holders) each.kill("SIGKILL");
  });

  function serverConfig(): string {
    return `HostKey ${folder}/host-key
AuthorizedKeysFile ${folder}/authorized_keys
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
SetEnv HOME=${folder} PATH=${path.dirname(process.execPath)}:/usr/bin:/bin TMPDIR=${there}
`;
  }

  /** A host is a network namespace: a program that reaches an SSH server in it, over its own input and output. */
  async function host(): Promise<string> {
    const script = "ip link set lo up && echo ready && exec sleep 3600";
    const holder = spawn("unshare", ["-n", "sh", "-c", script]);
    holders.push(holder);
    await once(holder.stdout, "data");
    return `#!/bin/sh\nexec nsenter --net=/proc/${holder.pid}/ns/net ${SSHD} -i -f '${folder}/sshd_config'\n`;
  }

  function inventory(): string {
    const options = (name: string): string =>
      [
        `-o ProxyCommand=${folder}/reach-${name}`,
        `-o IdentityFile=${folder}/login-key`,
        "-o StrictHostKeyChecking=no",
        "-o UserKnownHostsFile=/dev/null",
      ].join(" ");
    return HOSTS.map(
      (name) =>
        `${name} ansible_user=root ansible_python_interpreter=/usr/bin/python3 ansible_remote_tmp=${there}/tmp ansible_ssh_common_args='${options(name)}'\n`,
    ).join("");
  }

  /** As docs/fleets.md has it. */
  function play(limit: string) {
    const playbook = "node_modules/bindcheck/runners/ansible/measure.yaml";
    const given = { bindcheck_arguments: ["cases/linux/socket-7.yaml"] };
    const words = ["-i", "hosts", "--limit", limit, "-e", JSON.stringify(given), playbook];
    return execa("ansible-playbook", words, {
      cwd: folder,
      reject: false,
      all: true,
      env: {
        // Its shared connections would outlive a host that is gone.
        ANSIBLE_SSH_ARGS: "-o ControlMaster=no",
        ANSIBLE_PIPELINING: "true",
        // On a busy machine a login takes longer than the ten seconds that it may take.
        ANSIBLE_TIMEOUT: "60",
        ANSIBLE_LOCALHOST_WARNING: "false",
        HOME: folder,
        PWD: folder,
      },
    });
  }

  test(
    "hosts are measured over SSH, and one result is made of them.",
    { timeout: 240_000 },
    async () => {
      const { exitCode, all } = await play("all,localhost");
      expect(all).toMatch(/^alpha +: ok=\d+ .* failed=0 /m);
      expect(exitCode).toBe(0);
      const lines = readStream(path.join(folder, "bindcheck-results/results.ndjson"));
      const targets = lines.flatMap((line) => (line.type === "target" ? [line.target] : []));
      expect(targets).toEqual(HOSTS);
      expect(lines.at(-1)?.type).toBe("summary");
      const left = (): string[] =>
        readdirSync(there).filter((name) => name.startsWith("bindcheck-"));
      await expect.poll(left, { timeout: 60_000 }).toEqual([]);
      expect(readdirSync(path.join(folder, "bindcheck-results")).toSorted()).toEqual([
        "alpha.ndjson",
        "beta.ndjson",
        "junit.xml",
        "report.html",
        "results.ndjson",
      ]);
    },
  );

  test(
    "a host that cannot be reached is missing by name, and that fails.",
    { timeout: 240_000 },
    async () => {
      writeFileSync(path.join(folder, "reach-beta"), "#!/bin/sh\nexit 1\n");
      execFileSync("rm", ["-r", path.join(folder, "bindcheck-results")]);
      const { exitCode, all } = await play("all,localhost");
      expect(exitCode).not.toBe(0);
      expect(all).toMatch(/bindcheck merge ended with 3: .*beta: \S*beta\.ndjson is missing/);
    },
  );
});
