import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { prepareWindowsNode } from "../../runners/prepare/windows-node.ts";
import { prepareWinePrefix } from "../../runners/prepare/wine-prefix.ts";
import { windowsPaths } from "../../runners/windows-paths.ts";
import { ownPrefixEnvironment } from "../../runners/wine-environment.ts";
import { findWine } from "../../runners/wine-installation.ts";

/** Logins to Windows as Wine makes it: stand-ins for ssh and scp, whose commands run in cmd.exe with stdio in pipes. */
export interface WindowsLogin {
  /** Put before PATH: the stand-ins. */
  readonly programs: string;
  /** Where logins begin, and keep temporary files. */
  readonly home: string;
  stop(): Promise<void>;
}

export async function startWindowsLogin(folder: string): Promise<WindowsLogin> {
  const wine = await findWine();
  if (wine === null) throw new Error("Wine is not installed");
  const preparation = { signal: new AbortController().signal, say: () => undefined };
  const prefix = await prepareWinePrefix(wine, preparation);
  const { node } = await prepareWindowsNode(preparation);
  const pathThere = await windowsPaths(prefix);
  const home = path.join(folder, "home");
  const ready = path.join(folder, "ready");
  mkdirSync(home);
  writeFileSync(ready, "");
  const server = spawn(wine.loader, [node, ...[part("server.mjs"), home, ready].map(pathThere)], {
    env: { ...process.env, ...ownPrefixEnvironment(prefix, wine) },
    stdio: "ignore",
  });
  const port = await vi.waitUntil(() => /^\d+$/m.exec(readFileSync(ready, "utf8"))?.[0], 200_000);
  const programs = path.join(folder, "programs");
  mkdirSync(programs);
  const client = `WINDOWS_LOGIN_PORT=${port} exec '${process.execPath}' '${part("client.mjs")}' "$@"`;
  writeProgram(path.join(programs, "ssh"), client);
  const copy = `for last; do before=$file; file=$last; done\ncp -- "$before" '${home}/'"\${file##*:}"`;
  writeProgram(path.join(programs, "scp"), copy);
  return {
    programs,
    home,
    async stop() {
      const over = once(server, "exit");
      if (server.exitCode === null && server.kill("SIGKILL")) await over;
    },
  };
}

function part(name: string): string {
  return fileURLToPath(new URL(`windows-login/${name}`, import.meta.url));
}

function writeProgram(file: string, text: string): void {
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}
