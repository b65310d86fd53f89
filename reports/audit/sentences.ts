import type { Share } from "../../harness/audit/attempts/attempt.ts";
import type { AccountNote, Finding, JudgedListener } from "../../harness/audit/audit-report.ts";
import { unmapped } from "../../harness/audit/mapped.ts";
import { groupBy } from "../../harness/model/group-by.ts";

/** `node server.js (process 4711) of root`. */
export function ownerText({ owners, account, runtime, probed }: JudgedListener): string {
  if (probed !== undefined) return `a process that is not known, found by probing (${probed})`;
  const [owner] = owners;
  const whose = account === null ? "" : ` of ${account.name}`;
  if (!owner) return `a process${whose} that the system does not show`;
  const others = owners.length > 1 ? ` and ${owners.length - 1} more` : "";
  const program = owner.commandLine ?? owner.executable ?? runtime ?? "a program";
  return `${inShort(program)} (process ${owner.pid}${others})${whose}`;
}

/** Its ends tell most of a long command line; the JSON has the whole. */
function inShort(text: string): string {
  return text.length <= MOST_LETTERS ? text : `${text.slice(0, 50)} ... ${text.slice(-30)}`;
}

const MOST_LETTERS = 100;

/** What is said of a listener in one sentence. */
export function verdictText(listener: JudgedListener): string {
  switch (listener.verdict) {
    case "exclusive":
      return "no other socket gets in, or gets any of its traffic";
    case "shared-by-design":
      return listener.findings.some(({ isCopy }) => isCopy)
        ? "others that join get a copy, and it loses nothing"
        : "only sockets of its own account get in, invited by its own SO_REUSEPORT";
    case "undecided":
      return listener.open.join("; ");
    case "hijackable":
      return "another process gets in";
  }
}

/** One sentence for each account and set of options: how much it took, and bound to which addresses. */
export function findingTexts(listener: JudgedListener): string[] {
  const byHead = groupBy(listener.findings, (finding) => headText(finding, listener));
  return [...byHead].map(([head, findings]) => {
    const best = bestByAddress(findings);
    const byShare = groupBy(best, (finding) => shareText(finding, listener));
    const tails = [...byShare].map(
      ([share, alike]) => `${share}, bound ${placesText(alike, best.length, listener)}`,
    );
    return `${head} ${tails.join("; ")}`;
  });
}

/** Which accounts did not try, and why. */
export function untriedTexts({ accounts }: JudgedListener): string[] {
  const others = untried(accounts.other);
  return others === null ? [] : [`no other account was tried: ${others}`];
}

function untried(note: AccountNote): string | null {
  return "problem" in note ? note.problem : null;
}

function headText(
  { account, options, isInvited, peer }: Finding,
  { accounts, account: own }: JudgedListener,
): string {
  const note = accounts[account];
  const name = "name" in note ? ` (${note.name})` : "";
  const other = own === null ? "an account that may be the server's own" : "another account";
  const who = `${account === "same" ? "the server's own account" : other}${name}`;
  const how = options.length === 0 ? "a plain socket" : options.join(" and ");
  const like = peer === undefined ? "" : " and connected to the same peer";
  return `${who} with ${how}${like}${isInvited ? " by invitation" : ""}`;
}

/** Of the ways to bind one address, which an IPv4 socket and a dual-stack one can, the one that takes most. */
function bestByAddress(findings: readonly Finding[]): Finding[] {
  const byAddress = groupBy(findings, ({ address }) => unmapped(address));
  return [...byAddress.values()].flatMap((alike) =>
    alike.toSorted((a, b) => takenIn(b) - takenIn(a)).slice(0, 1),
  );
}

function takenIn({ shares }: Finding): number {
  return shares?.reduce((sum, { taken }) => sum + taken, 0) ?? 0;
}

/** `to 127.0.0.1`, `at all 8 addresses`, `at 7 of 8 addresses (10.0.0.1, 10.0.0.2, ...)`. */
function placesText(
  alike: readonly Finding[],
  count: number,
  { addresses }: JudgedListener,
): string {
  const names = alike.map(({ address }) => unmapped(address));
  if (names.length <= MOST_NAMES) return `to ${names.join(", ")}`;
  if (names.length === Math.max(count, addresses)) return `at all ${names.length} addresses`;
  return `at ${names.length} of ${Math.max(count, addresses)} addresses (${names.slice(0, MOST_NAMES).join(", ")}, ...)`;
}

const MOST_NAMES = 2;

/** `takes all connections`, `takes 37 to 52 % of the datagrams`; addresses are one experiment each. */
function shareText(
  { shares, isCopy, orAllWith }: Finding,
  { protocol, isForeign }: JudgedListener,
): string {
  const what = protocol === "tcp" ? "connections" : "datagrams";
  const or = orAllWith.length === 0 ? "" : `, or all with ${orAllWith.join(" or ")}`;
  const answered = shares?.filter(
    ({ sent, taken, problem }) => sent > 0 && (taken > 0 || !problem),
  );
  const single = answered?.filter((share) => share.interface === undefined);
  const hasCopy = single?.length !== answered?.length;
  const copy = hasCopy && !isCopy ? ", and gets a copy of those to the group" : "";
  const counted = isCopy ? answered : single;
  if (!counted?.length)
    return `gets in, its share of the ${what} unknown${isForeign ? "" : problemText(shares)}${or}`;
  const percents = counted.map(({ taken, sent }) => Math.round((100 * taken) / sent));
  const [least, most] = [Math.min(...percents), Math.max(...percents)];
  if (isCopy && most > 0) return `gets a copy of the ${what}`;
  if (most === 0) return `gets in and takes none of the ${what}${or}${copy}`;
  if (least === 100) return `takes all ${what}${copy}`;
  return `takes ${least === most ? least : `${least} to ${most}`} % of the ${what}${or}${copy}`;
}

function problemText(shares: readonly Share[] | null): string {
  const problem = shares?.find((share) => share.problem !== undefined)?.problem;
  if (shares?.length === 0) return " (the server did not answer there)";
  return problem === undefined ? "" : ` (${problem})`;
}
