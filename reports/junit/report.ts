/** What a JUnit file says, before it is XML. */
export interface JunitReport {
  /** ISO 8601. */
  readonly startedAt: string | null;
  readonly seconds: number;
  readonly suites: readonly JunitSuite[];
}

/** One target, document, protocol and family. */
export interface JunitSuite {
  readonly name: string;
  /** What consumers group its cases by. */
  readonly classname: string;
  /** The case file of its claims. */
  readonly file?: string;
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly cases: readonly JunitCase[];
}

/** One claim on one target. */
export interface JunitCase {
  /** Target, document and claim: unique in the file, since some consumers show nothing else. */
  readonly name: string;
  /** Its own time; null where there is none, such as that of one in a batch. */
  readonly seconds: number | null;
  /** Where a claim that did not pass is written. */
  readonly source?: { readonly file: string; readonly line: number };
  /** Said of a case that passed. */
  readonly output?: string;
  /** Absent when it passed. */
  readonly result?: JunitResult;
}

/** Why a case did not pass. `failure`: the claim is not true here. `error`: it could not be decided. */
export type JunitResult =
  | { readonly kind: "skipped"; readonly message: string }
  | {
      readonly kind: "failure" | "error";
      readonly type: string;
      readonly message: string;
      readonly text: string;
    };
