import type { Document } from "../../harness/model/claim.ts";
import { quotedArgument } from "../../harness/model/quoted-argument.ts";
import { oneLine } from "../legible.ts";
import { citationText, contradictionText, countText, sourceText } from "../sentences.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import type { Paint } from "./paint.ts";
import { partOf } from "../matrix/table-position.ts";
import { wrap } from "./wrap.ts";

/** What to draw findings with. */
export interface FindingsContext {
  readonly document: (id: string) => Document | undefined;
  readonly columns: number;
  readonly paint: Paint;
}

/** Every contradicted claim, once, with what to type to see its evidence. */
export function contradictions(verdicts: readonly Judged[], context: FindingsContext): string[] {
  const found = verdicts.filter(({ word }) => word === "contradicted");
  if (found.length === 0) return [];
  const title = `${MARKS.contradicted} ${countText(found.length, "claim")} contradicted`;
  const cause = (verdict: Judged): string => contradictionText(verdict.expect, verdict.observed);
  return [context.paint("contradicted", title), ...byDocument(found, cause, Infinity, context)];
}

/** Known deviations that no longer occur: their entries are to be taken out. */
export function staleDeviations(verdicts: readonly Judged[], context: FindingsContext): string[] {
  const found = verdicts.filter(({ word }) => word === "stale-deviation");
  if (found.length === 0) return [];
  const what = countText(found.length, "known deviation");
  const title = `${MARKS["stale-deviation"]} ${what} no longer true: take the entry out`;
  const cause = (verdict: Judged): string => verdict.detail ?? verdict.observed;
  return [context.paint("stale-deviation", title), ...byDocument(found, cause, FEW, context)];
}

/** What could not be decided, by cause. One cause can take every claim, so that a few of each are enough. */
export function undecided(verdicts: readonly Judged[], context: FindingsContext): string[] {
  const found = verdicts.filter(({ word }) => word === "broken");
  if (found.length === 0) return [];
  const title = `${MARKS.broken} ${countText(found.length, "claim")} could not be decided`;
  const cause = (verdict: Judged): string => verdict.reason ?? verdict.observed;
  return [context.paint("broken", title), ...byDocument(found, cause, FEW, context)];
}

const FEW = 3;

function byDocument(
  verdicts: readonly Judged[],
  causeOf: (verdict: Judged) => string,
  most: number,
  context: FindingsContext,
): string[] {
  const groups = groupBy(verdicts, ({ target, document }) => `${target}\n${document}`);
  return [...groups.values()].map((members) =>
    [
      citation(members[0]!, context),
      ...[...groupBy(members, causeOf)].flatMap(([cause, same]) => [
        wrap(cause, context.columns, "    "),
        ...items(same, most, context.paint),
      ]),
    ].join("\n"),
  );
}

function citation(
  { target, document: id }: Judged,
  { document, columns, paint }: FindingsContext,
): string {
  const cited = document(id);
  const title = cited === undefined ? id : oneLine(citationText(cited));
  const url = cited === undefined ? [] : [`  ${paint("faint", oneLine(cited.url))}`];
  return [wrap(`${target}: ${title}`, columns, "  "), ...url].join("\n");
}

// The same pair of endpoints in several protocols and families is one item.
function items(verdicts: readonly Judged[], most: number, paint: Paint): string[] {
  const pairs = [...groupBy(verdicts, pairAndSource).values()];
  const shown = pairs.slice(0, most).flatMap((same) => item(same, paint));
  return pairs.length <= most
    ? shown
    : [...shown, `      and ${pairs.length - most} more like this`];
}

function pairAndSource({ experiment, expect, source }: Judged): string {
  return [experiment.slice(partOf(experiment).length), expect, sourceText(source)].join("\n");
}

function item(same: readonly Judged[], paint: Paint): string[] {
  const [{ experiment, source }] = same as readonly [Judged];
  const parts = same.map((verdict) => partOf(verdict.experiment)).join(", ");
  return [
    `      ${parts} ${paint("faint", oneLine(sourceText(source)))}`,
    `      bindcheck explain ${quotedArgument(experiment)}`,
  ];
}
