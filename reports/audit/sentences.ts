import type { Share } from "../../harness/audit/attempts/attempt.ts";
import type { AccountNote, Finding, JudgedListener } from "../../harness/audit/audit-report.ts";
import { groupBy } from "../../harness/model/group-by.ts";

/** `tcp 0.0.0.0:80`, `udp [::1]:53`. */
export function nameText({ protocol, address, port }: JudgedListener): string {
  return `${protocol} ${address.includes(":") ? `[${address}]` : address}:${port}`;
}

/** `node server.js (process 4711) of root`. */
export function ownerText({ owners, account, runtime, probed }: JudgedListener): string {
  if (probed !== undefined) return `a process that is not known, found by probing (${probed})`;
  const [owner] = owners;
  const whose = account === null ? "" : ` of ${account.name}`;
  if (!owner) return `a process${whose} that the system does not show`;
  const others = owners.length > 1 ? ` and ${owners.length - 1} more` : "";
  const program = owner.commandLine ?? owner.executable ?? runtime ?? "a program";
  return `${program} (process ${owner.pid}${others})${whose}`;
}

/** What is said of a listener in one sentence. */
export function verdictText(listener: JudgedListener): string {
  switch (listener.verdict) {
    case "exclusive":
      return "nobody gets in, or gets any of its traffic";
    case "shared-by-design":
      return "only sockets get in that the server's own SO_REUSEPORT invites, of its own account";
    case "undecided":
      return listener.open.join("; ");
    case "hijackable":
      return "another process gets in";
  }
}

/** One sentence for each account and set of options: bound to which addresses it took how much. */
export function findingTexts(listener: JudgedListener): string[] {
  const byHead = groupBy(listener.findings, (finding) => headText(finding, listener));
  return [...byHead].map(([head, findings]) => {
    const byShare = groupBy(findings, (finding) => shareText(finding, listener));
    const tails = [...byShare].map(
      ([share, alike]) => `bound to ${alike.map(socketText).join(", ")}: ${share}`,
    );
    return `${head}, ${tails.join("; ")}`;
  });
}

/** Who did not try, and why. */
export function untriedTexts({ accounts }: JudgedListener): string[] {
  const others = untried(accounts.other);
  return others === null ? [] : [`no other account was tried: ${others}`];
}

function untried(note: AccountNote): string | null {
  return "problem" in note ? note.problem : null;
}

function headText(
  { account, options, isInvited }: Finding,
  { accounts, account: own }: JudgedListener,
): string {
  const note = accounts[account];
  const name = "name" in note ? ` (${note.name})` : "";
  const other = own === null ? "an account that may be the server's own" : "another account";
  const who = `${account === "same" ? "the server's own account" : other}${name}`;
  const how = options.length === 0 ? "a plain socket" : options.join(" and ");
  return `${who} with ${how}${isInvited ? " by invitation" : ""}`;
}

function socketText({ family, address }: Finding): string {
  return family === "dual" ? `dual-stack ${address}` : address;
}

/** `takes all connections`, `takes 37 to 52 % of the datagrams`; addresses are one experiment each. */
function shareText({ shares }: Finding, { protocol }: JudgedListener): string {
  const what = protocol === "tcp" ? "connections" : "datagrams";
  const counted = shares?.filter(({ sent }) => sent > 0) ?? [];
  if (counted.length === 0)
    return `gets in, its share of the ${what} unknown${problemText(shares ?? [])}`;
  const percents = counted.map(({ taken, sent }) => Math.round((100 * taken) / sent));
  const [least, most] = [Math.min(...percents), Math.max(...percents)];
  if (most === 0) return `gets in and takes none of the ${what}`;
  if (least === 100) return `takes all ${what}`;
  return `takes ${least === most ? least : `${least} to ${most}`} % of the ${what}`;
}

function problemText(shares: readonly Share[]): string {
  const problem = shares.find((share) => share.problem !== undefined)?.problem;
  return problem === undefined ? "" : ` (${problem})`;
}
