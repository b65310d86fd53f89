import { withoutPassword } from "../../harness/binder/public-environment.ts";
import type { SshEnding } from "./failure.ts";

/** How ssh or scp ended, and what it wrote. */
export interface CommandResult extends SshEnding {
  readonly stdout: string;
}

/** Runs `ssh` or `scp` to its end. Does not throw. */
export async function runCommand(
  program: "ssh" | "scp",
  given: readonly string[],
  { signal, timeoutMs, cwd }: CommandSettings,
): Promise<CommandResult> {
  const { execa } = await import("execa");
  const result = await execa(program, given, {
    ...(signal && { cancelSignal: signal }),
    ...(cwd !== undefined && { cwd }),
    timeout: timeoutMs,
    forceKillAfterDelay: 1000,
    reject: false,
    stdin: "ignore",
    windowsHide: true,
    env: withoutPassword(),
    extendEnv: false,
  });
  const { stdout, stderr, exitCode, timedOut, code, originalMessage } = result;
  if (timedOut) return { exitCode: 255, stdout, stderr: `no answer within ${timeoutMs / 1000} s` };
  if (code === "ENOENT")
    return { exitCode: null, stdout: "", stderr: "", cause: originalMessage ?? code };
  return { exitCode: exitCode ?? 255, stdout, stderr };
}

/** How long it may take, and what ends it earlier. */
export interface CommandSettings {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly cwd?: string;
}
