import * as z from "zod";
import { checkLayout } from "./check-layout.ts";
import { caseDocument } from "./schema.ts";

/** A case document whose parts also fit together. */
export const caseFileSchema = caseDocument.check(z.superRefine(checkLayout));

/** The JSON Schema of one case document, for editors. */
export function caseFileJsonSchema(): object {
  return z.toJSONSchema(caseFileSchema, { io: "input" });
}
