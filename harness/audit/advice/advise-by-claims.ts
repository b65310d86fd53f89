import { isDeepStrictEqual } from "node:util";
import { appliesTo, speaksOfPlatform } from "../../claims/applies-to.ts";
import type { Platform } from "../../model/platform.ts";
import type { Advice } from "../audit-report.ts";
import type { Claim } from "../../model/claim.ts";
import { OFFERS_CALLS_OF, PLATFORMS, type Protocol } from "../../model/vocabulary.ts";
import { runtimeAdvice, type RuntimeAdvice } from "./advise.ts";
import { recommend, type Recommendation } from "./recommend.ts";
import { stateClaim } from "./statement.ts";
import type { Wish } from "./wishes.ts";

/** What to set on a platform, in a range of its versions. */
export interface PlatformAdvice extends Recommendation {
  readonly platform: string;
  /** From this version on; null for all that the documents know. */
  readonly since: string | null;
  /** Before this version; null for no end. */
  readonly until: string | null;
  /** How programs do it, by what they run on; for `exclusive` alone. */
  readonly runtimes: readonly RuntimeAdvice[];
}

/** What to set for a wish on each platform of which documents say something, a row for each range of versions. */
export function adviseByClaims(
  wish: Wish,
  protocol: Protocol,
  claims: readonly Claim[],
): PlatformAdvice[] {
  return PLATFORMS.filter((name) => !(name in OFFERS_CALLS_OF)).flatMap((platform) => {
    const system = { name: platform, implements: platform, version: "" };
    const own = claims.filter(({ document }) => speaksOfPlatform(document, system));
    const runtimes = wish === "exclusive" ? runtimeAdvice(platform, protocol) : [];
    const rows = versionsIn(own).flatMap((since) => {
      const version = since ?? "0.0.1";
      const said = own.filter(({ document }) => appliesTo(document, { ...system, version }));
      const found = recommend(
        { wish, protocol, system: platform },
        said.flatMap((claim) => stateClaim(claim) ?? []),
      );
      return found === null ? [] : [{ platform, since, until: null, runtimes, ...found }];
    });
    return uniteAlike(rows);
  });
}

/** What the documents of a system say makes a socket exclusive there; null where they name no set of options. */
export function documentedAdvice(
  claims: readonly Claim[],
  system: Platform,
  protocol: Protocol,
): Advice | null {
  const said = claims.filter(({ document }) => appliesTo(document, system));
  const found = recommend(
    { wish: "exclusive", protocol, system: system.implements },
    said.flatMap((claim) => stateClaim(claim) ?? []),
  );
  const { title, url } =
    said.find(({ document }) => document.url && found?.sources.includes(document.id))?.document ??
    {};
  if (!found?.options || !title || !url) return null;
  const options = found.options.length === 0 ? "no option at all" : found.options.join(" and ");
  return {
    text: `by what is documented, a ${protocol.toUpperCase()} socket with ${options} is exclusive on ${system.implements} (${found.experiments} experiments; all of it: bindcheck advise --want exclusive --protocol ${protocol})`,
    brief: `set ${options}`,
    source: { title, url },
  };
}

/** Every version at which a document begins or ends to speak, in order; before the first of them is null. */
function versionsIn(claims: readonly Claim[]): (string | null)[] {
  const texts = new Set(
    claims.flatMap(({ document }) => document.appliesTo.versions.match(/\d+(?:\.\d+)*/g) ?? []),
  );
  return [null, ...[...texts].toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))];
}

/** Ranges that follow each other, and of which the same is said, are one. */
function uniteAlike(rows: readonly PlatformAdvice[]): PlatformAdvice[] {
  const united: PlatformAdvice[] = [];
  for (const row of rows) {
    const last = united.at(-1);
    if (last && isDeepStrictEqual(setsOf(last), setsOf(row)))
      united[united.length - 1] = { ...row, since: last.since };
    else {
      if (last) united[united.length - 1] = { ...last, until: row.since };
      united.push(row);
    }
  }
  return united;
}

function setsOf({ options, unclear }: PlatformAdvice): unknown {
  return [options, unclear];
}
