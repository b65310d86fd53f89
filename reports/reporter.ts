import type { Line } from "../harness/results/line.ts";

/**
 * Takes the result stream as it happens and turns it into one output. Documents and targets come before the lines
 * that speak of them, an observation comes shortly before its verdicts.
 */
export interface Reporter {
  line(line: Line): void;
  /** Called once after the last line, also when the run was cut off. */
  end(): void | Promise<void>;
}

/** Where a reporter's text goes: a file, or the terminal. */
export interface Output {
  write(text: string): void;
  close(): void;
  readonly colours: boolean;
  /** Width in columns, for outputs that draw tables. */
  readonly columns: number;
}

/** What a reporter for people knows of the run besides its lines. */
export interface ReportContext {
  /** Tables of every document, and every cause. */
  readonly verbose: boolean;
  /** Where the time of each target went. */
  readonly timings: boolean;
  /** Files that are written by the same run, the one to read first in front. */
  readonly written: readonly string[];
  /** The one of them that has the result stream. */
  readonly results: string | null;
}
