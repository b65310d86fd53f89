import { randomUUID } from "node:crypto";
import type { Line, ObservationLine, TargetLine } from "../harness/results/line.ts";
import { packArchive } from "./archive.ts";
import { makeBundle } from "./bundle.ts";
import { BUNDLE_ENTRY } from "./harness-entry.ts";
import { harnessArguments } from "./harness-arguments.ts";
import { relabel } from "./measure-inside.ts";
import type { HostSystem } from "./prepare/native-koffi.ts";
import { TargetProblem, type Availability, type Runner, type RunRequest } from "./runner.ts";
import { runCommand } from "./ssh/command.ts";
import { parseDestination, type Destination } from "./ssh/destination.ts";
import { connectionFailure, endedEarly, lostConnection, nodeFailure } from "./ssh/failure.ts";
import { ASK_SYSTEM, readSystem } from "./ssh/host-system.ts";
import { sshArguments } from "./ssh/options.ts";
import { selectedFiles } from "./ssh/selected-files.ts";
import type { EndLine } from "./ssh/remote-harness.ts";
import { openStream, type RemoteStream } from "./ssh/stream.ts";
import { removeUpload, uploadHarness } from "./ssh/upload.ts";

/** What is only set by tests. */
export interface SshSettings {
  readonly silenceMs?: number;
}

/** What stands behind `ssh:`. */
export const SSH_ARGUMENT = "[USER@]HOST[:PORT]";

/** A host with Node and an SSH server: the whole harness is copied there, runs there and is removed again. */
export function sshRunner(text: string, settings: SshSettings = {}): Runner {
  return {
    name: `ssh:${text}`,
    availability: sshAvailability,
    run: (request) => runOverSsh(text, request, settings),
  };
}

/** Whether this machine can log in to others. */
export async function sshAvailability(): Promise<Availability> {
  const { exitCode, stderr } = await runCommand("ssh", ["-V"], { timeoutMs: 10_000 });
  if (exitCode === 0) return { here: true, what: stderr.split(",", 1)[0] ?? stderr };
  return {
    here: false,
    why: "there is no OpenSSH client",
    mend: "apt-get install --no-install-recommends openssh-client",
  };
}

async function* runOverSsh(
  text: string,
  request: RunRequest,
  settings: SshSettings,
): AsyncGenerator<TargetLine | ObservationLine> {
  const destination = parseDestination(text);
  if (!destination) throw new TargetProblem(`"${text}" is no ${SSH_ARGUMENT}`);
  const { signal, selection, except } = request;
  if (signal.aborted) return;
  try {
    const system = await askSystem(destination, signal);
    const bundle = await makeBundle(system, request);
    const { files, pathThere } = selectedFiles([
      ...selection.files,
      ...(except === undefined ? [] : [except]),
    ]);
    const archives = [...bundle, packArchive(files)].map((each) => each.toString("base64"));
    const program = [BUNDLE_ENTRY, ...harnessArguments(request, { pathThere, results: null })];
    const file = `.bindcheck-ssh-${randomUUID()}.mjs`;
    let hasBegun = false;
    try {
      await uploadHarness(destination, file, { archives, program }, signal);
      const lines = linesFrom(destination, file, signal, settings);
      for await (const line of relabel(lines, `ssh:${text}`)) {
        hasBegun = true;
        yield line;
      }
    } finally {
      if (!hasBegun) await removeUpload(destination, file, system);
    }
  } catch (error) {
    // What an abort cut short is no problem of the target.
    if (!signal.aborted) throw error;
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
// Longer than the harness there waits for a binder to start.
const SILENCE_MS = 120_000;

/** Every line of the harness there; where its stream is not whole, a problem takes the place of the rest. */
async function* linesFrom(
  destination: Destination,
  file: string,
  signal: AbortSignal,
  { silenceMs = SILENCE_MS }: SshSettings,
): AsyncGenerator<Line> {
  const stream = openStream(sshArguments(destination, ["node", file]));
  let isSilent = false;
  let isWhole = false;
  let end: EndLine | null = null;
  const watchdog = setTimeout(() => {
    isSilent = true;
    stream.close();
  }, silenceMs);
  signal.addEventListener("abort", stream.close);
  try {
    if (signal.aborted) stream.close();
    for await (const line of stream.lines) {
      watchdog.refresh();
      if (line.type === "end") end = line;
      else yield line;
      isWhole ||= line.type === "summary";
      if (end) break;
    }
    if (isWhole || signal.aborted) return;
    const problem = isSilent
      ? `The harness on ${destination.text} said nothing for ${silenceMs / 1000} s`
      : await failureOf(destination, stream, end);
    yield { type: "target-problem", target: `ssh:${destination.text}`, problem };
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener("abort", stream.close);
    stream.close();
    await stream.ending();
  }
}

async function failureOf(
  destination: Destination,
  stream: RemoteStream,
  end: EndLine | null,
): Promise<string> {
  if (end) return endedEarly(destination, end);
  const ending = await stream.ending();
  return ending.exitCode === 255
    ? lostConnection(destination, ending)
    : endedEarly(destination, {
        ending: `exit code ${ending.exitCode}`,
        words: ending.stderr,
      });
}
