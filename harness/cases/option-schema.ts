import * as z from "zod";
import { WINSOCK_CODES } from "../model/error-codes.ts";
import { WINDOWS_VERSIONS, type WindowsVersion } from "../model/windows-versions.ts";
import { QUESTIONS, QUESTION_TEXTS, type Question } from "../model/option-experiment.ts";
import {
  OPTION_OUTCOME_HELP,
  OPTION_OUTCOME_PATTERN,
  TYPE_SIZES,
  VALUE_PATTERN,
} from "./option-outcome.ts";
import { optionName } from "./option-text.ts";
import { showValue } from "./show-value.ts";

const notAnAnswer = {
  error: (issue: z.core.$ZodRawIssue): string =>
    `${showValue(issue.input)} is not an answer (allowed: ${OPTION_OUTCOME_HELP})`,
};
const answer = z.union(
  [z.literal(WINSOCK_CODES), z.string().regex(OPTION_OUTCOME_PATTERN, notAnAnswer)],
  notAnAnswer,
);

type Asked = Exclude<Question, "default" | "type">;
const questions = Object.fromEntries(
  QUESTIONS.filter((question) => question !== "default" && question !== "type").map((question) => [
    question,
    answer.optional().describe(QUESTION_TEXTS[question]),
  ]),
) as Record<Asked, z.ZodOptional<typeof answer>>;

const optionRow = z.strictObject({
  option: optionName.describe("As in C: SO_RCVBUF"),
  ...questions,
  type: z
    .union([
      z.enum(Object.keys(TYPE_SIZES) as (keyof typeof TYPE_SIZES)[]),
      z.int().min(0).max(4096),
    ])
    .optional()
    .describe("The size of what getsockopt gives: a type, or a number of bytes"),
  default: z
    .union([
      z.int(),
      z.string().regex(VALUE_PATTERN, {
        error: ({ input }) => `${showValue(input)} is not a value (such as 0, '>= 2304' or '1:5')`,
      }),
    ])
    .optional()
    .describe("What getsockopt gives on a new socket"),
});

/** A table of options as documents have it: a row for each, and what the text says of it. */
export const optionRows = z.array(optionRow).min(1);

/** A grid of support as documents have it: rows of options, columns of versions of Windows. */
export const supportGrid = z.strictObject({
  versions: z
    .array(z.enum(Object.keys(WINDOWS_VERSIONS) as WindowsVersion[]))
    .min(1)
    .describe("The columns: each is a document that applies to this version alone"),
  options: z
    .array(
      z.strictObject({
        option: optionName.describe("As in C: SO_RCVBUF"),
        known: z
          .union([answer, z.array(answer).min(1)])
          .describe("Column by column, or one answer for all columns"),
      }),
    )
    .min(1),
});

/** Rows of options as the schema leaves them. */
export type CaseOptionRow = z.infer<typeof optionRow>;
