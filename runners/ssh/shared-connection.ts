import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TargetProblem } from "../runner.ts";
import { startWayIn, type WayIn } from "../way-in.ts";
import { runCommand } from "./command.ts";
import type { Destination } from "./destination.ts";
import { connectionFailure } from "./failure.ts";
import { checkArguments, masterArguments } from "./options.ts";

/** A connection that the commands of a run share; `way` is null where there is no own one. */
export interface SharedConnection {
  readonly destination: Destination;
  readonly way: WayIn | null;
}

/**
 * Logs in once for everything that follows. Not where the user has such a connection open already, which ssh finds by
 * itself, and not from Windows, whose ssh cannot share one. Throws TargetProblem when the login fails.
 */
export async function shareConnection(
  destination: Destination,
  folder: string,
  signal: AbortSignal,
): Promise<SharedConnection> {
  const alone = { destination, way: null };
  if (process.platform === "win32") return alone;
  const check = await runCommand("ssh", checkArguments(destination), { signal, timeoutMs: 10_000 });
  if (check.exitCode === 0 || check.exitCode === null) return alone;
  const shared = path.join(folder, "ssh");
  const way = startWayIn(["ssh", ...masterArguments(destination, shared)]);
  way.child.stdout?.resume();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LOGIN_MS)]);
  while (way.ending() === null && !limit.aborted && !existsSync(shared)) await sleep(5);
  if (existsSync(shared)) return { destination: { ...destination, shared }, way };
  way.end();
  await way.over;
  const { exitCode, words } = way;
  throw new TargetProblem(
    connectionFailure(destination, { exitCode: exitCode() ?? 255, stderr: words() }),
  );
}

// Far more than a login takes that is going to succeed.
const LOGIN_MS = 60_000;
