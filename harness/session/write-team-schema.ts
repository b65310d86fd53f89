import { writeFileSync } from "node:fs";
import { TEAM_CONFIG_SCHEMA, teamConfigJsonSchema } from "./team-config.ts";

// `npm run schema`: the JSON Schema that editors check bindcheck.config.yaml with.
writeFileSync(TEAM_CONFIG_SCHEMA, `${JSON.stringify(teamConfigJsonSchema(), null, 2)}\n`);
