import { beforeAll, describe, test, type TestContext } from "vitest";
import type { Claim } from "./model/claim.ts";
import { checkQuery } from "./check-query.ts";
import { claimsOfThisSystem } from "./claims/of-this-system.ts";
import { readClaims } from "./claims/read-claims.ts";
import { selectClaims } from "./claims/select.ts";
import { claimKey, measureClaims, type MeasuredClaim } from "./measure-claims.ts";

/** Which claims become tests and how they are measured; everything may be left out. */
export interface DescribeOptions {
  /** Part of an experiment's id, or /regex/. */
  readonly filter?: readonly string[];
  readonly protocol?: readonly ("tcp" | "udp")[];
  readonly family?: readonly ("ipv4" | "ipv6" | "dual")[];
  /** Ids of documents. */
  readonly document?: readonly string[];
  /** How often an observation that contradicts a claim is repeated; 2 unless told. */
  readonly confirm?: number;
  /** Ports to use; outside the system's ephemeral and excluded ranges unless told. */
  readonly ports?: readonly [from: number, to: number];
  /**
   * File of contradictions that are known, beside those that come with this package, or `none` for no such; a claim with
   * one passes as long as it comes out exactly so.
   */
  readonly known?: string;
  /** Deadline in milliseconds of the measuring, which happens once before the tests; five minutes unless told. */
  readonly timeoutMs?: number;
}

/**
 * Makes a vitest test of every claim of some case files or folders of them; where none is named, of the package's
 * documents about this system. The controls and everything else is measured once, on this machine, before the first test. A claim that
 * cannot be measured here is a skipped test that tells why; one that is contradicted or could not be decided fails.
 */
export function describeCases(files: readonly string[] = [], options: DescribeOptions = {}): void {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, ...query } = options;
  const { filter = [], protocol = [], family = [], document = [] } = options;
  const selection = { files, filter, protocol, family, document, shard: null };
  describe("bindcheck", async () => {
    checkQuery({ ...query, files });
    const selected = selectClaims(await readClaims(files), selection);
    const isChosen = files.length > 0 || document.length > 0;
    const claims = isChosen ? selected : claimsOfThisSystem(selected);
    let measured: ReadonlyMap<string, MeasuredClaim> = new Map();
    beforeAll(async () => {
      measured = await measureClaims({ known: [], ...query, files });
    }, timeoutMs);
    for (const [heading, own] of byDocument(claims))
      describe(heading, () => {
        for (const claim of own)
          test(testName(claim), (context) => report(measured.get(claimKey(claim)), claim, context));
      });
  });
}

const DEFAULT_TIMEOUT_MS = 300_000;

function byDocument(claims: readonly Claim[]): Map<string, Claim[]> {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const { title, section } = claim.document;
    const heading = `${title}, ${section}`;
    groups.set(heading, [...(groups.get(heading) ?? []), claim]);
  }
  return groups;
}

function testName({ experiment, step, expect }: Claim): string {
  return `${experiment.id}${step === undefined ? "" : `, step ${step + 1}`}: ${expect}`;
}

function report(found: MeasuredClaim | undefined, { document }: Claim, context: TestContext): void {
  if (!found) return context.skip(`not-applicable: ${document.id} does not speak of this system`);
  if (found.word === "skipped") return context.skip(found.why);
  if (found.isGood) return;
  const error = new Error(found.why);
  // The stack would lead into this package, not to what is wrong.
  error.stack = found.why;
  throw error;
}
