import { groupBy } from "../../model/group-by.ts";
import type { Protocol } from "../../model/vocabulary.ts";
import type { Statement } from "./statement.ts";
import {
  isAboutServers,
  letsOthersIn,
  weighStatement,
  type Evidence,
  type Wish,
} from "./wishes.ts";

/** The smallest set of options that gives a wish, by all that is said. */
export interface Recommendation {
  /** Null where no set is known to give it. */
  readonly options: readonly string[] | null;
  /** Documents, or targets, that say so. */
  readonly sources: readonly string[];
  /** On how many experiments that rests. */
  readonly experiments: number;
  /** Other sets of the same size that give it, by fewer experiments. */
  readonly alternatives: readonly (readonly string[])[];
  /** Smaller sets, or as small, of which only a second bind is known to succeed: who gets what is not. */
  readonly unclear: readonly (readonly string[])[];
  /** Those that say that another account's socket gets in beside one with these options. */
  readonly opensTo: readonly string[];
  /** Where the sources disagree on a set that is as small or smaller. */
  readonly disagreements: readonly Disagreement[];
}

/** Sources that say of one set of options that it gives the wish, and others that it does not. */
export interface Disagreement {
  readonly options: readonly string[];
  /** An experiment, or a step of one, that they see differently. */
  readonly experiment: string;
  readonly yes: readonly string[];
  readonly no: readonly string[];
}

/** What is asked for, and whose socket calls it is asked of: `linux`, `windows`, ... */
export interface Question {
  readonly wish: Wish;
  readonly protocol: Protocol;
  readonly system: string;
}

/** What to set for a wish; null where nothing is said about it. */
export function recommend(
  { wish, protocol, system }: Question,
  statements: readonly Statement[],
): Recommendation | null {
  const own = statements.filter(({ experiment }) => experiment.protocol === protocol);
  // Linux asks once more when a socket listens; elsewhere the documents speak of bind alone.
  const asked = system === "linux" ? own.filter((each) => isAboutServers(protocol, each)) : own;
  const evidence = asked.flatMap((each) => weighStatement(wish, each) ?? []);
  if (evidence.length === 0) return null;
  const sets = [...groupBy(evidence, ({ options }) => options.toSorted().join("+"))]
    .map(([, said]) => ({ said, options: said[0]?.options ?? [] }))
    .toSorted((a, b) => a.options.length - b.options.length || count(b.said) - count(a.said));
  const fitting = sets.filter(
    ({ said }) => said.every(({ isFor }) => isFor) && isEnough(wish, said),
  );
  const [best, ...further] = fitting;
  const upTo = sets.filter(
    ({ options }) => best === undefined || options.length <= best.options.length,
  );
  const found = best?.said ?? [];
  const unclear = upTo.filter(
    ({ said }) => said.every(({ isFor }) => isFor) && !isEnough(wish, said),
  );
  return {
    options: best?.options ?? null,
    sources: distinct(found.map(({ statement }) => statement.source)),
    experiments: count(found),
    alternatives: further
      .filter(({ options }) => options.length === best?.options.length)
      .map(({ options }) => options),
    unclear: unclear.map(({ options }) => options),
    opensTo: distinct(
      asked
        .filter((each) => best !== undefined && letsOthersIn(best.options, each))
        .map(({ source }) => source),
    ),
    disagreements: upTo.flatMap(({ said, options }) => disagreementsIn(said, options)),
  };
}

function count(said: readonly Evidence[]): number {
  return new Set(said.map(keyOf)).size;
}

/** That a second socket binds does not say who gets what: that needs a census. */
function isEnough(wish: Wish, said: readonly Evidence[]): boolean {
  const isCensus = said.some(
    ({ statement: { outcome } }) => outcome === "each" || outcome === "one",
  );
  return wish === "exclusive" || wish === "restart-at-once" || isCensus;
}

/** One example for each set of options. */
function disagreementsIn(said: readonly Evidence[], options: readonly string[]): Disagreement[] {
  for (const [experiment, alike] of groupBy(said, keyOf)) {
    const sourcesOf = (isFor: boolean): string[] =>
      distinct(alike.filter((each) => each.isFor === isFor).map((each) => each.statement.source));
    const [yes, no] = [sourcesOf(true), sourcesOf(false)];
    if (yes.length > 0 && no.length > 0) return [{ options, experiment, yes, no }];
  }
  return [];
}

function keyOf({ statement: { experiment, step } }: Evidence): string {
  return step === null ? experiment.id : `${experiment.id}, step ${step + 1}`;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted();
}
