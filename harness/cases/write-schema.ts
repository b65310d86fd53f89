import { writeFileSync } from "node:fs";
import { CASE_FILE_SCHEMA } from "./own-cases.ts";
import { caseFileJsonSchema } from "./case-file.ts";

// `npm run schema`: the JSON Schema that editors check case files with.
writeFileSync(CASE_FILE_SCHEMA, `${JSON.stringify(caseFileJsonSchema(), null, 2)}\n`);
