import type * as fc from "fast-check";
import { InputError, MOST_OF_A_LINE } from "../../harness/model/problem.ts";

/** One kind of input from outside, made by its grammar and then spoilt. */
export interface FuzzKind {
  /** As `--only` takes it, and the folder of its corpus. */
  readonly name: string;
  /** What it is, for the table. */
  readonly what: string;
  /** Its part of all inputs: more where one takes less time. */
  readonly share: number;
  readonly texts: fc.Arbitrary<string>;
  /** Takes one in, as the program does; `file` holds it. Throws when something is wrong with how it was taken. */
  take(text: string, file: string): Promise<Taken>;
}

/** Whether an input was believed, or reported as wrong. */
export type Taken = "accepted" | "refused";

/** Takes a file: it is accepted, or refused as it should be. */
export async function takeFile(file: string, take: () => unknown): Promise<Taken> {
  try {
    await take();
    return "accepted";
  } catch (error) {
    return checkRefusal(error, file);
  }
}

/** A refusal is one line for each problem, no longer than may be, that names the file; anything else that is thrown passes on. */
function checkRefusal(error: unknown, file: string): Taken {
  if (!(error instanceof InputError)) throw error;
  for (const line of error.lines) {
    if (line.length > MOST_OF_A_LINE || /[\r\n]/.test(line))
      throw new Error(`more than a line: ${line}`);
    if (!line.includes(file)) throw new Error(`the file is not named: ${line}`);
  }
  return "refused";
}
