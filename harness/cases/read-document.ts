import type { Problem } from "../model/problem.ts";
import type { CaseDocument } from "./schema.ts";

/** One case document as plain data, with the places of what can be wrong with it later. */
export interface ReadDocument {
  readonly content: CaseDocument;
  /** Line and column, from 1, by path: `document/id`, `table/second/3/expect/0`. */
  readonly places: Readonly<Record<string, readonly [line: number, column: number]>>;
}

/** What a file holds, or everything that is wrong with it. */
export interface ReadResult {
  /** One of the package's own files, whose every claim was checked when the package was built. */
  readonly isOwn?: true;
  readonly documents: readonly ReadDocument[];
  readonly problems: readonly Problem[];
}
