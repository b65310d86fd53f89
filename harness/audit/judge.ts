import { isDeepStrictEqual } from "node:util";
import { isConflict } from "../trial/attribute.ts";
import { groupBy } from "../model/group-by.ts";
import type { Platform } from "../model/platform.ts";
import type { Attempt } from "./attempts/attempt.ts";
import { lacksPrivilege } from "./attempts/lacks-privilege.ts";
import { isGroup } from "./attempts/kinds-of-address.ts";
import { smallestWays } from "./attempts/smallest-ways.ts";
import type { AuditVerdict, AuditedPort, Finding, ObservedListener } from "./audit-report.ts";
import { coverageOf, relate, type Relation } from "./coverage.ts";
import { isMapped, unmapped } from "./mapped.ts";
import { notesOn } from "./notes.ts";
import { isSteered, steeringOptions, takenIn } from "./steering.ts";

/** What is said of a listener. */
export interface Judgement {
  readonly verdict: AuditVerdict;
  /** What could not be decided, in sentences. */
  readonly open: readonly string[];
  /** What else its owner should know, in sentences. */
  readonly notes: readonly string[];
  readonly findings: readonly Finding[];
  /** How many of the tried addresses are all its own, the mapped forms of IPv4 ones left out. */
  readonly addresses: number;
}

/** Compares what was seen on a port with what a listener has a right to: all traffic to its own addresses. */
export function judgeListener(
  listener: ObservedListener,
  { attempts }: Pick<AuditedPort, "attempts">,
  platform: Platform,
): Judgement {
  const smallest = smallestWays(attempts);
  const ways = smallest
    .filter((attempt) => !isSteered(attempt, listener))
    .map((attempt) => weigh(attempt, listener));
  const inside = ways.filter(({ entry }) => entry !== "out");
  const isRefusedToOthers =
    "name" in listener.accounts.other && inside.every(({ way }) => way.account === "same");
  const weighed = inside.map(({ entry, way }) => ({
    entry,
    finding: {
      ...way,
      isInvited: isInvited(way, platform, isRefusedToOthers),
      isCopy: getsCopies(way, listener),
      orAllWith: steeringOptions(way, listener, smallest, platform),
    },
  }));
  // What a server invites is fine, however much it gets.
  const findings = weighed
    .filter(({ entry, finding }) => entry === "in" || finding.isInvited)
    .map(({ finding }) => finding);
  const open = [
    ...(listener.isGone ? ["it was no longer held when all had been tried"] : []),
    ...missingAccounts(listener),
    ...unprivilegedAccounts(attempts, listener),
    ...untriedAddress(attempts, listener),
    ...brokenAttempts(attempts),
    ...openTexts(
      weighed.filter(({ entry, finding }) => entry === "open" && !finding.isInvited),
      listener,
    ),
  ];
  return {
    verdict: verdictOf(findings, open, listener.isGone),
    open: [...new Set(open)],
    notes: notesOn(listener, attempts),
    findings,
    addresses: countAddresses(attempts, listener),
  };
}

function countAddresses(attempts: readonly Attempt[], listener: ObservedListener): number {
  const own = attempts.filter((attempt) =>
    ["same", "narrower"].includes(relationTo(listener, attempt)),
  );
  return new Set(own.map(({ address }) => unmapped(address))).size;
}

/** Every member of a group gets what is sent to it: that takes nothing away. */
function getsCopies({ address, relation, shares }: Weighed, listener: ObservedListener): boolean {
  if (isGroup(listener.address) || isGroup(address)) return true;
  const own = shares?.filter((share) => share.interface === undefined) ?? [];
  return !["same", "narrower"].includes(relation) && takenIn(shares) > 0 && takenIn(own) === 0;
}

type Weighed = Omit<Finding, "isInvited" | "isCopy" | "orAllWith">;

/** What got in counts when it gets traffic; where that was not counted, when its name is all the listener's own. */
function weigh(
  attempt: Attempt,
  listener: ObservedListener,
): { readonly entry: "in" | "out" | "open"; readonly way: Weighed } {
  const relation = relationTo(listener, attempt);
  const { account, options, family, address, peer } = attempt;
  const shares = sharesOf(attempt, listener);
  const way = { account, options, family, address, ...(peer && { peer }), relation, shares };
  const isOwn = relation === "same" || relation === "narrower";
  if (relation === "apart") return { entry: "out", way };
  if (takenIn(shares) > 0 || isOwn || isGroup(listener.address))
    return { entry: mayBeInvited(way, listener) ? "open" : "in", way };
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
    ({ address, from }) =>
      isDeepStrictEqual(from, listener.peer) &&
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
  const plain = options.filter((option) => !option.includes("=") && !option.endsWith("_FREEBIND"));
  return plain.length === 1 && plain[0] === "SO_REUSEPORT";
}

function verdictOf(
  findings: readonly Finding[],
  open: readonly string[],
  isGone: boolean,
): AuditVerdict {
  // Who is let in by a server that is gone says nothing.
  if (isGone) return "undecided";
  if (findings.some((finding) => !finding.isInvited && !finding.isCopy)) return "hijackable";
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

/** An address that is not the machine's is bound by an option that the system, or the account, may lack. */
function untriedAddress(
  attempts: readonly Attempt[],
  { address, isForeign }: ObservedListener,
): string[] {
  if (!isForeign) return [];
  const own = attempts.filter((attempt) => attempt.address === address);
  const isTried = own.some(({ outcome }) => outcome.kind === "success" || isConflict(outcome));
  return isTried
    ? []
    : [`${address} is not an address of this machine, and none of the attempts could bind it`];
}

function brokenAttempts(attempts: readonly Attempt[]): string[] {
  return attempts.flatMap(({ outcome }) => (outcome.kind === "broken" ? [outcome.detail] : []));
}

/** One sentence for all addresses of which the same is unknown. */
function openTexts(
  open: readonly { readonly finding: Finding }[],
  listener: ObservedListener,
): string[] {
  const byReason = groupBy(open, ({ finding }) => openReason(finding, listener));
  return [...byReason].map(([reason, alike]) => {
    const sockets = alike.map(({ finding: { family, address } }) =>
      family === "dual" && !isMapped(address) ? `dual-stack ${address}` : unmapped(address),
    );
    return `a socket bound to ${[...new Set(sockets)].join(" or ")} got in beside it; ${reason}`;
  });
}

function openReason(finding: Finding, listener: ObservedListener): string {
  const { shares } = finding;
  const problem = shares?.find((share) => share.problem !== undefined)?.problem;
  const unanswered = listener.isForeign
    ? "nothing is sent to an address that is not this machine's"
    : "the server did not answer there";
  const why = problem ?? (shares === null ? "--census counts it" : unanswered);
  return mayBeInvited(finding, listener)
    ? "it has SO_REUSEPORT, and whether the server invites that is not known, nor whose the server is"
    : `whether it gets any of its traffic is not known (${why})`;
}
