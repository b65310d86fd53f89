import type * as z from "zod";
import type { VerdictWord } from "../model/verdict.ts";
import type { LineSchema } from "./line-schema.ts";

/** One line of the result stream; its schema says what each key holds. */
export type Line = Immutable<z.infer<LineSchema>>;

export type RunLine = Extract<Line, { type: "run" }>;
export type TargetLine = Extract<Line, { type: "target" }>;
export type TargetProblemLine = Extract<Line, { type: "target-problem" }>;
export type ObservationLine = Extract<Line, { type: "observation" }>;
export type VerdictLine = Extract<Line, { type: "verdict" }>;
export type SummaryLine = Extract<Line, { type: "summary" }>;

/** Where the time of a target went. */
export type Timings = NonNullable<SummaryLine["timings"]>[number];

/** Verdict counts by word. */
export type Counts = Readonly<Record<VerdictWord, number>>;

type Immutable<Value> = Value extends string | number | boolean | null
  ? Value
  : { readonly [Key in keyof Value]: Immutable<Value[Key]> };
