import { installText } from "./ssh/install-text.ts";
import type { OpenTarget } from "../harness/binder-client/open-target.ts";
import type { HostSystem } from "./prepare/native-koffi.ts";
import type { Preparation } from "./prepare/preparation.ts";
import { openRelayed, type RelayedTarget } from "./relayed-target.ts";
import { openRunFolder } from "./run-folder.ts";
import { TargetProblem, type Availability, type Runner } from "./runner.ts";
import { runCommand } from "./ssh/command.ts";
import { parseDestination, type Destination } from "./ssh/destination.ts";
import { connectionFailure, endedEarly, lostConnection, nodeFailure } from "./ssh/failure.ts";
import { ASK_SYSTEM, readSystem } from "./ssh/host-system.ts";
import { sshArguments } from "./ssh/options.ts";
import { shareConnection } from "./ssh/shared-connection.ts";
import { copyUpload, makeUpload, removeUpload, type BinderUpload } from "./ssh/upload.ts";
import { startWayIn, type WayIn } from "./way-in.ts";

/** What comes behind `ssh:`. */
export const SSH_ARGUMENT = "[USER@]HOST[:PORT]";

/** A host with Node and an SSH server: a binder is copied there, starts others and is removed again. */
export function sshRunner(text: string): Runner {
  return {
    name: `ssh:${text}`,
    isElsewhere: true,
    availability: sshAvailability,
    open: (preparation) => openSsh(text, preparation),
  };
}

/** Whether this machine can log in to others. */
export async function sshAvailability(): Promise<Availability> {
  const { exitCode, stderr } = await runCommand("ssh", ["-V"], { timeoutMs: ASK_MS });
  if (exitCode === 0) return { here: true, what: stderr.split(",", 1)[0] ?? stderr };
  return {
    here: false,
    why: "there is no OpenSSH client",
    mend: installText(),
  };
}

async function openSsh(text: string, preparation: Preparation): Promise<OpenTarget> {
  const given = parseDestination(text);
  if (!given) throw new TargetProblem(`"${text}" is not ${SSH_ARGUMENT}`);
  const { signal } = preparation;
  const folder = openRunFolder();
  let master: WayIn | null = null;
  const leave = async (): Promise<void> => {
    master?.end();
    await master?.over;
    await folder.remove();
  };
  try {
    const connection = await shareConnection(given, folder.path, signal);
    master = connection.way;
    const { destination } = connection;
    const system = await askSystem(destination, signal);
    const keeps = process.env["BINDCHECK_SSH_KEEP"] === "1";
    const upload = await makeUpload(system, preparation, keeps);
    const open = (): Promise<RelayedTarget> => startThere(destination, upload, { master, signal });
    const kept = keeps ? await open().catch(() => null) : null;
    const target =
      kept ??
      (await copyAndOpen(destination, upload, { system, folder: folder.path, signal, open }));
    return {
      ...target,
      async close() {
        await target.close();
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

async function askSystem(destination: Destination, signal: AbortSignal): Promise<HostSystem> {
  const asked = sshArguments(destination, ASK_SYSTEM);
  const answer = await runCommand("ssh", asked, { signal, timeoutMs: ASK_MS });
  if (answer.exitCode === null || answer.exitCode === 255)
    throw new TargetProblem(connectionFailure(destination, answer));
  const system = readSystem(answer.stdout);
  if (system === null) throw new TargetProblem(nodeFailure(destination, answer));
  if ("problem" in system) throw new TargetProblem(`${destination.text} ${system.problem}`);
  return system;
}

// Far more than a login takes that is going to succeed.
const ASK_MS = 60_000;

interface Copying {
  readonly system: HostSystem;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly open: () => Promise<RelayedTarget>;
}

async function copyAndOpen(
  destination: Destination,
  upload: BinderUpload,
  { system, folder, signal, open }: Copying,
): Promise<RelayedTarget> {
  try {
    await copyUpload(destination, upload, { folder, signal });
    return await open();
  } catch (error) {
    await removeUpload(destination, upload, system);
    throw error;
  }
}

function startThere(
  destination: Destination,
  { name }: BinderUpload,
  { master, signal }: { readonly master: WayIn | null; readonly signal: AbortSignal },
): Promise<RelayedTarget> {
  const way = startWayIn(["ssh", ...sshArguments(destination, ["node", name])]);
  const describe = (): string => {
    const exitCode = way.exitCode() ?? 255;
    // What became of a shared connection, the program that holds it says.
    const stderr = way.words() + (master?.words() ?? "");
    return exitCode === 255
      ? lostConnection(destination, { exitCode, stderr })
      : endedEarly(destination, { ending: `exit code ${exitCode}`, words: stderr });
  };
  return openRelayed(way, { name: destination.text, describe, signal });
}
