import { didYouMean } from "../model/did-you-mean.ts";
import type { Program, Step, StepResult } from "../binder/protocol.ts";
import { InputError } from "../model/problem.ts";
import { BinderLost, startBinder, type BinderProcess } from "../binder-client/binder-process.ts";
import { localBinders } from "../binder-client/local-binders.ts";
import { parseProbe, type ProbeOptions, type ProbeRequest } from "./probe-request.ts";

/**
 * The sample program of Microsoft's SO_EXCLUSIVEADDRUSE page: opens a socket, sets the option, binds it, says how that
 * went. Resolves to 0 when it is bound with every option, 1 when the system refused, 3 when that could not be found out.
 * Unlike the sample it binds IPv6 sockets to an IPv6 address. Throws InputError.
 */
export async function probe(given: readonly string[], options: ProbeOptions): Promise<number> {
  const request = parseProbe(given, options, process.platform);
  const binder = startBinder(localBinders(), "probe's");
  try {
    const hello = await binder.hello;
    const isBound = await bindSocket(request, chooseOptions(request, hello.options), binder);
    if (isBound && request.hold) await hold(binder);
    return isBound ? 0 : 1;
  } catch (error) {
    if (!(error instanceof BinderLost)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 3;
  } finally {
    binder.end();
  }
}

const DEFAULT_OPTION = "SO_EXCLUSIVEADDRUSE";
const SOCKET = 1;
const TIMEOUT_MS = 10_000;

function chooseOptions({ options }: ProbeRequest, available: readonly string[]): readonly string[] {
  if (options === null) return available.filter((name) => name === DEFAULT_OPTION);
  const unknown = options.find((name) => !available.includes(name));
  if (unknown === undefined) return options;
  throw new InputError([
    `--option: this system has no '${unknown}' (there are: none, ${available.join(", ")})${didYouMean(unknown, available)}`,
  ]);
}

/** Says every failure; a socket whose option was refused is still bound, as in the sample, but that does not count as success. */
async function bindSocket(
  { family, protocol, address, port, ...request }: ProbeRequest,
  options: readonly string[],
  binder: BinderProcess,
): Promise<boolean> {
  const socket = SOCKET;
  const call = (name: string, step: Step): Promise<boolean> =>
    attempt(binder, name, [step]).then((result) => result !== null);
  if (!(await call("socket", { do: "socket", socket, family, protocol }))) return false;
  // Systems differ in the default; an IPv6 socket is bound for IPv6 alone.
  let isAsAsked =
    family === "ipv4" || (await call("setsockopt for IPV6_V6ONLY", setOption("IPV6_V6ONLY")));
  for (const option of options)
    isAsAsked = (await call(`setsockopt for ${option}`, setOption(option))) && isAsAsked;
  const name = await attempt(binder, "bind", [
    { do: "bind", socket, family, address, port },
    { do: "local-address", socket },
  ]);
  if (name) say(successText({ family, protocol, address, port, ...request }, options, name));
  return name !== null && isAsAsked;
}

function setOption(option: string): Step {
  return { do: "set-option", socket: SOCKET, option, value: 1 };
}

/** The last result, or null after telling that a call failed. */
async function attempt(
  binder: BinderProcess,
  call: string,
  program: Program,
): Promise<StepResult | null> {
  const last = (await binder.ask([program], TIMEOUT_MS))[0]?.at(-1);
  if (!last || last.problem !== undefined)
    throw new BinderLost("binder-problem", last?.problem ?? `no result of ${call}`);
  if (last.errno === undefined) return last;
  say(failureText(call, last));
  return null;
}

// How soon it shows that a binder which holds the socket is gone.
const LOOK_EVERY_MS = 1000;

/** Until Enter or a signal. The end of the input alone is not a sign: a program in the background has none. */
async function hold(binder: BinderProcess): Promise<void> {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  let release = (): void => undefined;
  const released = new Promise<"released">((resolve) => (release = () => resolve("released")));
  for (const signal of signals) process.once(signal, release);
  const input = findInput();
  input?.once("data", release);
  const lost = watch(binder);
  say(HOLDING); // once a signal would be heard
  try {
    await Promise.race([released, lost.found]);
  } finally {
    lost.stop();
    input?.pause();
    for (const signal of signals) process.off(signal, release);
  }
}

/** The standard input; null where it cannot be opened, as that of a background program under Wine. */
function findInput(): NodeJS.ReadStream | null {
  try {
    return process.stdin;
  } catch {
    return null;
  }
}

function watch(binder: BinderProcess): { readonly found: Promise<never>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const found = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      binder.ask([[{ do: "local-address", socket: SOCKET }]], TIMEOUT_MS).catch(reject);
    }, LOOK_EVERY_MS);
  });
  return { found, stop: () => clearInterval(timer) };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** `setsockopt for SO_EXCLUSIVEADDRUSE failed with WSAEINVAL (10022)`. */
function failureText(call: string, { code, errno }: StepResult): string {
  const name = code ?? "an unknown error";
  const meaning = MEANINGS[name.replace(/^WSA/, "")];
  return `${call} failed with ${name} (${errno})${meaning ? `: ${meaning}` : ""}`;
}

// What these two mean at bind: Windows Sockets Error Codes; POSIX.1-2017, bind.
const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: "access denied, either by the holder of the port or because binding it needs a privilege",
  EADDRINUSE: "the port is in use",
  EADDRNOTAVAIL: "this machine has no such address",
};

/** `bind on a TCP socket with SO_EXCLUSIVEADDRUSE succeeded: 0.0.0.0 port 5150`. */
function successText(
  { protocol }: ProbeRequest,
  options: readonly string[],
  name: StepResult,
): string {
  const set = options.length === 0 ? "no option" : options.join(" and ");
  return `bind on a ${protocol.toUpperCase()} socket with ${set} succeeded: ${name.address} port ${name.port}`;
}

const HOLDING = "held until Enter or a signal";
