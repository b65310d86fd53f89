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
  /** The case file of its claims. Jenkins's schema has no place for a file or a line in a case. */
  readonly file?: string;
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly cases: readonly JunitCase[];
}

/** One claim on one target. */
export interface JunitCase {
  readonly name: string;
  readonly seconds: number;
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
