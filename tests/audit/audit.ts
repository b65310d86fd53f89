import { fileURLToPath } from "node:url";
import type { AuditReport, Finding, JudgedListener } from "../../harness/audit/audit-report.ts";
import { bindcheck } from "../program/bindcheck.ts";

/** The command of one of the servers beside this file. */
export function ownServer(name: string, ...words: readonly (string | number)[]): string[] {
  const file = fileURLToPath(new URL(`servers/${name}.mjs`, import.meta.url));
  return [process.execPath, file, ...words.map(String)];
}

/** A whole audit as its JSON tells it, and how it ended. */
export interface Audited {
  readonly report: AuditReport;
  readonly exitCode: number | undefined;
}

/**
 * Runs `bindcheck audit` and reads its JSON; ports that open late are not waited for unless `words` say so. Throws with
 * what it said when there is none.
 */
export async function auditServer(...words: readonly string[]): Promise<Audited> {
  const given = ["audit", "--reporter", "json", "--settle=0", ...words];
  const { exitCode, stdout, stderr } = await bindcheck(given);
  if (stdout === "") throw new Error(`exit code ${exitCode}: ${stderr}`);
  return { report: JSON.parse(stdout) as AuditReport, exitCode };
}

/** `tcp 0.0.0.0: exclusive`, a line per listener. */
export function verdictsOf({ report }: Audited): string[] {
  return report.listeners.map(
    ({ protocol, address, verdict }) => `${protocol} ${address}: ${verdict}`,
  );
}

/** Of one account's sockets bound to an address: which options it took, and the share of all that was sent. */
export function takenBy(
  { findings }: JudgedListener,
  account: Finding["account"],
  address: string,
): Record<string, number | null> {
  const own = findings.filter((each) => each.account === account && each.address === address);
  return Object.fromEntries(own.map(({ options, shares }) => [options.join("+"), shareOf(shares)]));
}

function shareOf(shares: Finding["shares"]): number | null {
  if (shares === null) return null;
  const sum = (of: "taken" | "sent"): number => shares.reduce((all, share) => all + share[of], 0);
  return sum("taken") / sum("sent");
}
