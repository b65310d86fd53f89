import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { userInfo } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findPort } from "../find-port.ts";

/** Debian's place of the SSH server. */
export const SSHD = "/usr/sbin/sshd";

/** An SSH server on loopback for the user who runs the tests, with keys and configuration in one folder. */
export interface SshServer {
  readonly port: number;
  /** Put before PATH: ssh and scp that use the configuration in the folder instead of the user's own. */
  readonly programs: string;
  /** Has clients know it at another port of this machine too. */
  isAlsoAt(port: number): void;
  /** Ids of the processes that serve the connections that are open now. */
  sessions(): number[];
  stop(): Promise<void>;
}

/**
 * Starts one. `environment` is what its logins find beside the usual. What the account's shell does at every login, which
 * may take longer than a run, is left out: the files for that would be in HOME.
 */
export async function startSshServer(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<SshServer> {
  const port = await findPort();
  for (const name of ["host-key", "login-key", "strange-key"]) makeKey(path.join(folder, name));
  writeFileSync(
    path.join(folder, "authorized_keys"),
    readFileSync(path.join(folder, "login-key.pub")),
  );
  writeFileSync(
    path.join(folder, "sshd_config"),
    serverConfig(folder, port, { HOME: folder, ...environment }),
  );
  writeClient(folder, port);
  // The server insists on this folder when root starts it.
  if (userInfo().uid === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const args = ["-D", "-e", "-f", path.join(folder, "sshd_config")];
  const server = spawn(SSHD, args, { stdio: ["ignore", "ignore", "pipe"] });
  server.stderr.resume();
  await listening(server, port);
  return {
    port,
    programs: path.join(folder, "programs"),
    isAlsoAt(other) {
      const hostKey = readFileSync(path.join(folder, "host-key.pub"), "utf8");
      appendFileSync(path.join(folder, "known_hosts"), `[127.0.0.1]:${other} ${hostKey}`);
    },
    sessions: () => childrenOf(server.pid ?? 0),
    async stop() {
      if (server.exitCode === null && server.signalCode === null) {
        server.kill();
        await once(server, "exit");
      }
    },
  };
}

function makeKey(file: string): void {
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "bindcheck test", "-f", file]);
}

function serverConfig(
  folder: string,
  port: number,
  environment: Readonly<Record<string, string>>,
): string {
  const variables = Object.entries(environment).map(([name, value]) => `"${name}=${value}"`);
  return [
    "ListenAddress 127.0.0.1",
    `Port ${port}`,
    `HostKey ${folder}/host-key`,
    `AuthorizedKeysFile ${folder}/authorized_keys`,
    "PidFile none",
    "StrictModes no",
    "UsePAM no",
    "PermitRootLogin prohibit-password",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "Subsystem sftp internal-sftp",
    `SetEnv ${variables.join(" ")}`,
    "",
  ].join("\n");
}

/** Configuration of the client: hosts `good`, `stranger` (a key that is refused) and `unknown` (no host key). */
function writeClient(folder: string, port: number): void {
  const hostKey = readFileSync(path.join(folder, "host-key.pub"), "utf8");
  writeFileSync(path.join(folder, "known_hosts"), `[127.0.0.1]:${port} ${hostKey}`);
  const config = [
    "Host good stranger unknown",
    "  HostName 127.0.0.1",
    `  Port ${port}`,
    "Host unknown",
    "  UserKnownHostsFile /dev/null",
    // All identities that are named would be tried.
    "Host stranger",
    `  IdentityFile ${folder}/strange-key`,
    "Host * !stranger",
    `  IdentityFile ${folder}/login-key`,
    "Host *",
    "  IdentitiesOnly yes",
    "  IdentityAgent none",
    `  UserKnownHostsFile ${folder}/known_hosts`,
    "  GlobalKnownHostsFile /dev/null",
    "  StrictHostKeyChecking yes",
    "",
  ];
  writeFileSync(path.join(folder, "ssh_config"), config.join("\n"));
  mkdirSync(path.join(folder, "programs"));
  for (const name of ["ssh", "scp"]) {
    const file = path.join(folder, "programs", name);
    writeFileSync(file, `#!/bin/sh\nexec /usr/bin/${name} -F '${folder}/ssh_config' "$@"\n`);
    chmodSync(file, 0o755);
  }
}

async function listening(server: ChildProcess, port: number): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`sshd ended with exit code ${server.exitCode}`);
    const socket = connect(port, "127.0.0.1");
    const isUp = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "close").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isUp) return;
    await sleep(50);
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
}

function parentOf(pid: string): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return 0;
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(file, "utf8"))?.[1]);
  } catch {
    return 0; // it has just ended
  }
}
