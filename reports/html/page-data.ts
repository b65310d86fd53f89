import type { Document } from "../../harness/model/claim.ts";
import { oneLine } from "../legible.ts";
import { cellLines } from "../matrix/cell.ts";
import { documentOrder } from "../matrix/document-order.ts";
import { partOf, positionOf, type Side } from "../matrix/table-position.ts";
import type { RunFacts } from "../run-facts.ts";
import { expectedText, sourceText } from "../sentences.ts";
import type { PageVerdict } from "./page-verdict.ts";
import type { SystemColumns } from "./systems-in-order.ts";

/** What the page's script draws the matrix from. What several claims share is there once. */
export interface PageData {
  readonly targets: readonly string[];
  /** Targets by system, the oldest version first. */
  readonly systems: readonly PageSystem[];
  readonly documents: readonly PageDocument[];
  readonly statements: readonly PageStatement[];
  /** The steps of scenarios. */
  readonly scenarios: readonly (readonly string[])[];
  readonly outcomes: readonly PageOutcome[];
  readonly observations: readonly PageObservation[];
  readonly claims: readonly PageClaim[];
  /** Whether the run was given case files of its own, so that repeating an experiment needs them too. */
  readonly hasFiles: boolean;
}

interface PageSystem {
  readonly name: string;
  /** Indexes among the targets. */
  readonly targets: readonly number[];
  /** The version of each. */
  readonly labels: readonly string[];
}

interface PageDocument {
  readonly id: string;
  readonly title: string;
  readonly section: string;
  /** Empty if it is not an address of the web. */
  readonly url: string;
  readonly about: string;
  readonly notes: readonly string[];
}

/** What a document says, of every target. */
interface PageStatement {
  /** Index among the documents. */
  readonly document: number;
  readonly experiment: string;
  readonly step?: string;
  readonly part: string;
  /** Heading and address of column and row; absent for a scenario. */
  readonly first?: readonly [string, string];
  readonly second?: readonly [string, string];
  readonly expected: string;
  readonly says?: string;
  readonly at: string;
  /** Index among the scenarios. */
  readonly scenario: number;
}

interface PageOutcome {
  readonly word: string;
  /** The lines of its cell, the first with a mark. */
  readonly cell: readonly string[];
  readonly observed: string;
  readonly reason?: string;
}

type PageObservation = Pick<PageVerdict, "evidence">;

/** Indexes among what is there once. */
type PageClaim = readonly [target: number, statement: number, outcome: number, observation: number];

/** Verdicts in the document's order as data. */
export function pageData(
  verdicts: readonly PageVerdict[],
  systems: readonly SystemColumns[],
  facts: RunFacts,
): PageData {
  const targets = [...new Set(verdicts.map(({ target }) => target))];
  const documents = documentOrder(verdicts, facts);
  const targetIndex = new Map(targets.map((target, index) => [target, index]));
  const documentIndex = new Map(documents.map((document, index) => [document, index]));
  const statements = table<PageStatement>();
  const scenarios = table<readonly string[]>();
  const outcomes = table<PageOutcome>();
  const observations = table<PageObservation>();
  const claims = verdicts.map((verdict): PageClaim => {
    const document = documentIndex.get(verdict.document) ?? 0;
    return [
      targetIndex.get(verdict.target) ?? 0,
      statements.indexOf(pageStatement(verdict, document, scenarios.indexOf(verdict.steps), facts)),
      outcomes.indexOf(pageOutcome(verdict)),
      observations.indexOf({ evidence: verdict.evidence }),
    ];
  });
  return {
    targets,
    systems: systems.map((system) => {
      const own = system.targets.filter(({ name }) => targetIndex.has(name));
      return {
        name: oneLine(system.name),
        targets: own.map(({ name }) => targetIndex.get(name) ?? 0),
        labels: own.map(({ label }) => oneLine(label)),
      };
    }),
    documents: documents.map((id) => pageDocument(id, facts.document(id))),
    statements: statements.items,
    scenarios: scenarios.items,
    outcomes: outcomes.items,
    observations: observations.items,
    claims,
    hasFiles: (facts.run?.selection.files ?? []).length > 0,
  };
}

/** Equal items are one. */
function table<Item>(): { readonly items: Item[]; readonly indexOf: (item: Item) => number } {
  const items: Item[] = [];
  const indexes = new Map<string, number>();
  return {
    items,
    indexOf(item) {
      const key = JSON.stringify(item);
      const index = indexes.get(key) ?? items.push(item) - 1;
      indexes.set(key, index);
      return index;
    },
  };
}

function pageDocument(id: string, document: Document | undefined): PageDocument {
  if (document === undefined) return { id, title: id, section: "", url: "", about: "", notes: [] };
  const { title, section, url, kind, appliesTo, notes } = document;
  return {
    id,
    title: oneLine(title),
    section: oneLine(section),
    // Whatever else a case file has there must not run when it is clicked.
    url: url !== undefined && /^https?:\/\//i.test(url) ? url : "",
    about: oneLine(`${kind}, ${appliesTo.platform} ${appliesTo.versions}`),
    notes: Object.entries(notes).map(([mark, meaning]) => oneLine(`${mark} ${meaning}`)),
  };
}

function pageStatement(
  verdict: PageVerdict,
  document: number,
  scenario: number,
  facts: RunFacts,
): PageStatement {
  const position = positionOf(verdict.experiment);
  return {
    document,
    experiment: verdict.experiment,
    ...(verdict.step === undefined ? {} : { step: verdict.step }),
    part: partOf(verdict.experiment),
    ...(position === null ? {} : { first: side(position.first), second: side(position.second) }),
    expected: oneLine(expectedText(verdict.expect, facts.document(verdict.document))),
    at: oneLine(sourceText(verdict.source)),
    ...(verdict.says === undefined ? {} : { says: verdict.says }),
    scenario,
  };
}

function pageOutcome(verdict: PageVerdict): PageOutcome {
  const reason = verdict.reason ?? verdict.detail;
  return {
    word: verdict.word,
    cell: cellLines(verdict),
    observed: verdict.observed,
    ...(reason === undefined ? {} : { reason }),
  };
}

function side({ heading, address }: Side): [string, string] {
  return [heading, address];
}
