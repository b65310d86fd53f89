import { setTimeout as sleep } from "node:timers/promises";
import { hearSignal } from "./hear-signal.ts";
import { documentedAdvice } from "./advice/advise-by-claims.ts";
import { hasOwnRule } from "./advice/advise.ts";
import { readClaims } from "../claims/read-claims.ts";
import type { Platform } from "../model/platform.ts";
import { PROTOCOLS } from "../model/vocabulary.ts";
import { openBinders, type Binders } from "./attempts/binders.ts";
import { CENSUS_COUNT } from "./attempts/count-shares.ts";
import { auditPorts } from "./audit-ports.ts";
import type { AuditedPort, AuditReport, JudgedListener } from "./audit-report.ts";
import type { AuditRequest } from "./audit-request.ts";
import { startCommand, type SupervisedCommand } from "./command/supervised-command.ts";
import { demandFree, findRunning, findStarted } from "./find-asked.ts";
import { findListeners, listenerKey } from "./holdings/find-listeners.ts";
import type { Holdings } from "./holdings/held-socket.ts";
import { openHoldings } from "./holdings/open-holdings.ts";
import { judgePort } from "./judge-port.ts";
import type { Listener } from "./listener.ts";

/**
 * Starts the command, or looks at what runs, and is the second binder in every way. Rejects, whatever it is busy with,
 * when the signal is aborted, and does nothing more then. Leaves no process behind. `harness` is the program's version.
 * Throws InputError, HoldingsProblem, TargetProblem or BinderLost.
 */
export async function makeReport(
  request: AuditRequest,
  harness: string,
  signal: AbortSignal,
): Promise<AuditReport> {
  const binders = openBinders(signal);
  try {
    const holdings = await openHoldings(request.filter, request.command !== null, binders);
    await demandFree(request, holdings);
    await hearSignal(signal);
    const command = request.command && startCommand(request.command, signal);
    try {
      const work = auditAll(request, harness, { holdings, binders, command, signal });
      return await Promise.race([
        work,
        rejectWhenAborted(signal),
        ...(command ? [command.lost] : []),
      ]);
    } finally {
      binders.end();
      await command?.end();
    }
  } finally {
    binders.end();
  }
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
}

interface Means {
  readonly holdings: Holdings;
  readonly binders: Binders;
  readonly command: SupervisedCommand | null;
  readonly signal: AbortSignal;
}

async function auditAll(
  request: AuditRequest,
  harness: string,
  means: Means,
): Promise<AuditReport> {
  const startedAt = new Date();
  const { holdings, binders, command } = means;
  const { census, filter } = request;
  const first = command
    ? await findStarted(request, command, holdings, means.signal)
    : await findRunning(request, holdings);
  const hello = await binders.hello();
  const audit = (listeners: readonly Listener[]): Promise<AuditedPort[]> =>
    auditPorts({ listeners, holdings, binders, hello, census });
  const ports = await audit(first);
  const known = new Set(first.map(listenerKey));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const late = await findLate(known, request, means);
    if (late.length === 0) break;
    for (const listener of late) known.add(listenerKey(listener));
    ports.push(...(await audit(late)));
  }
  const judged = ports.flatMap((port) => judgePort(port, hello, request.command));
  return {
    version: 1,
    harness,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    platform: hello.platform,
    os: `${hello.os.name} (${hello.os.kernel})`,
    options: hello.options,
    command: request.command,
    port: filter.port,
    unseen: command ? await elsewhere(command, holdings) : holdings.unseen(),
    census: census ? CENSUS_COUNT : null,
    listeners: await withDocumented(judged, hello.platform),
    attempts: ports.flatMap(({ attempts }) => attempts),
  };
}

/** What the command holds in another network, in a sentence. */
async function elsewhere(command: SupervisedCommand, holdings: Holdings): Promise<string[]> {
  const pid = holdings.holdsElsewhere(await command.members());
  return pid === null
    ? []
    : [
        `what process ${pid} of the command holds in a network namespace of its own: run bindcheck there`,
      ];
}

// One that opens a new port again and again would never be done.
const MOST_ROUNDS = 5;

/** What is held since: of a command, when nothing has for its time to settle. */
async function findLate(
  known: ReadonlySet<string>,
  { filter, settleMs }: AuditRequest,
  { command, holdings, signal }: Means,
): Promise<Listener[]> {
  const look = async (): Promise<Listener[]> => {
    const sockets = await holdings.read(command ? await command.members() : null);
    return findListeners(sockets, filter).filter((each) => !known.has(listenerKey(each)));
  };
  const until = performance.now() + (command ? settleMs : 0);
  for (;;) {
    const late = await look();
    if (late.length > 0 || performance.now() >= until) return late;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

const LOOK_EVERY_MS = 100;

/** Puts what documents say to the advice for those that can be hijacked by more than their own protocol's rule. */
async function withDocumented(
  listeners: readonly JudgedListener[],
  platform: Platform,
): Promise<JudgedListener[]> {
  const isOpen = ({ verdict }: JudgedListener): boolean => verdict === "hijackable";
  if (!listeners.some(isOpen)) return [...listeners];
  const { claims } = await readClaims([]);
  const found = new Map(
    PROTOCOLS.map((protocol) => [protocol, documentedAdvice(claims, platform, protocol)]),
  );
  return listeners.map((listener) => {
    const documented = found.get(listener.protocol);
    const hasRule = hasOwnRule(listener);
    return isOpen(listener) && documented && !hasRule
      ? { ...listener, advice: [...listener.advice, documented] }
      : listener;
  });
}
