import type { Platform } from "../model/platform.ts";
import type { Attempt } from "./attempts/attempt.ts";
import { lacksPrivilege } from "./attempts/lacks-privilege.ts";
import { smallestWays } from "./attempts/smallest-ways.ts";
import type { AuditVerdict, AuditedPort, Finding, ObservedListener } from "./audit-report.ts";
import { coverageOf, relate, type Relation } from "./coverage.ts";

/** What is said of a listener. */
export interface Judgement {
  readonly verdict: AuditVerdict;
  /** What could not be decided, in sentences. */
  readonly open: readonly string[];
  readonly findings: readonly Finding[];
}

/** Holds what was seen on a port against what a listener has a right to: all traffic to its own addresses. */
export function judgeListener(
  listener: ObservedListener,
  { attempts }: Pick<AuditedPort, "attempts">,
  platform: Platform,
): Judgement {
  const ways = smallestWays(attempts).map((attempt) => weigh(attempt, listener));
  const inside = ways.filter(({ entry }) => entry !== "out");
  const isRefusedToOthers =
    "name" in listener.accounts.other && inside.every(({ way }) => way.account === "same");
  const weighed = inside.map(({ entry, way }) => ({
    entry,
    finding: { ...way, isInvited: isInvited(way, platform, isRefusedToOthers) },
  }));
  // What a server invites is no question, however much it gets.
  const findings = weighed
    .filter(({ entry, finding }) => entry === "in" || finding.isInvited)
    .map(({ finding }) => finding);
  const open = [
    ...(listener.isGone ? ["it was no longer held when all had been tried"] : []),
    ...missingAccounts(listener),
    ...unprivilegedAccounts(attempts, listener),
    ...brokenAttempts(attempts),
    ...weighed
      .filter(({ entry, finding }) => entry === "open" && !finding.isInvited)
      .map(({ finding }) => openText(finding, listener)),
  ];
  return {
    verdict: verdictOf(findings, open, listener.isGone),
    open: [...new Set(open)],
    findings,
  };
}

/** What got in counts when it gets traffic; where that was not counted, when its name is all the listener's own. */
function weigh(
  attempt: Attempt,
  listener: ObservedListener,
): { readonly entry: "in" | "out" | "open"; readonly way: Omit<Finding, "isInvited"> } {
  const relation = relationTo(listener, attempt);
  const { account, options, family, address } = attempt;
  const shares = sharesOf(attempt, listener);
  const way = { account, options, family, address, relation, shares };
  const taken = shares?.reduce((sum, share) => sum + share.taken, 0) ?? 0;
  const isOwn = relation === "same" || relation === "narrower";
  if (relation === "apart") return { entry: "out", way };
  if (taken > 0 || isOwn) return { entry: mayBeInvited(way, listener) ? "open" : "in", way };
  const isCounted =
    shares !== null && shares.length > 0 && shares.every(({ problem }) => problem === undefined);
  return { entry: isCounted ? "out" : "open", way };
}

function relationTo(listener: ObservedListener, { family, address }: Attempt): Relation {
  const isDual = listener.family === "ipv6" && listener.takesIpv4 === true;
  const own = coverageOf(isDual ? "dual" : listener.family, listener.address);
  const relation = relate(own, coverageOf(family, address));
  const atMost = relate(coverageOf("dual", listener.address), coverageOf(family, address));
  return listener.takesIpv4 === null && relation !== atMost ? "unclear" : relation;
}

/** Of what was sent to this listener's own addresses. */
function sharesOf({ shares }: Attempt, listener: ObservedListener): Finding["shares"] {
  const family =
    listener.family === "ipv6" && listener.takesIpv4 !== false ? "dual" : listener.family;
  const own = coverageOf(family, listener.address);
  if (shares === null) return null;
  return shares.filter(
    ({ address }) =>
      relate(own, coverageOf(address.includes(":") ? "ipv6" : "ipv4", address)) !== "apart",
  );
}

/**
 * socket(7): every socket has to set SO_REUSEPORT, the first included, and all have to be of one effective user id.
 * Where no such rule is written, it has to show: no other account got in.
 */
function isInvited(
  { account, options }: Pick<Finding, "account" | "options">,
  platform: Platform,
  isRefusedToOthers: boolean,
): boolean {
  const isShared = isReusePort(options) && account === "same";
  return isShared && (platform.implements === "linux" || isRefusedToOthers);
}

/** Where it is not known whose the server is, it may be that of the account that got in. */
function mayBeInvited({ options }: Pick<Finding, "options">, listener: ObservedListener): boolean {
  return listener.account === null && isReusePort(options);
}

function isReusePort(options: Finding["options"]): boolean {
  return options.length === 1 && options[0] === "SO_REUSEPORT";
}

function verdictOf(
  findings: readonly Finding[],
  open: readonly string[],
  isGone: boolean,
): AuditVerdict {
  // Who is let in by a server that is gone says nothing.
  if (isGone) return "undecided";
  if (findings.some((finding) => !finding.isInvited)) return "hijackable";
  if (open.length > 0) return "undecided";
  return findings.length > 0 ? "shared-by-design" : "exclusive";
}

/** Where its own account is refused by the server, another never gets in, but not the other way round. */
function missingAccounts({ accounts: { same } }: ObservedListener): string[] {
  return "problem" in same
    ? [`nothing was tried as the server's own account: ${same.problem}`]
    : [];
}

/** Beside root's server a privilege that others lack keeps them out like the server does. */
function unprivilegedAccounts(
  attempts: readonly Attempt[],
  { port, account: own, accounts }: ObservedListener,
): string[] {
  return attempts
    .filter(({ account, outcome }) => {
      const isKeptOut = account === "other" && own?.id === ROOT;
      return lacksPrivilege(outcome) && !isKeptOut;
    })
    .map(({ account }) => {
      const note = accounts[account];
      const name = "name" in note ? note.name : account;
      return `port ${port} needs a privilege that the binder of ${name} lacks, which says nothing of the server`;
    });
}

const ROOT = "0";

function brokenAttempts(attempts: readonly Attempt[]): string[] {
  return attempts.flatMap(({ outcome }) => (outcome.kind === "broken" ? [outcome.detail] : []));
}

function openText(finding: Finding, listener: ObservedListener): string {
  const { family, address, shares } = finding;
  const problem = shares?.find((share) => share.problem !== undefined)?.problem;
  const why =
    problem ?? (shares === null ? "--census counts it" : "the server did not answer there");
  const socket = family === "dual" ? `dual-stack ${address}` : address;
  if (mayBeInvited(finding, listener))
    return `a socket with SO_REUSEPORT bound to ${socket} got in beside it; whether the server invites it is not known, nor whose the server is`;
  return `a socket bound to ${socket} got in beside it; whether it gets any of its traffic is not known (${why})`;
}
