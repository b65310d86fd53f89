import { fileURLToPath } from "node:url";
import type * as Export from "../../harness/vitest.ts";

// The built one, as users have it.
const built = new URL("../../dist/harness/vitest.js", import.meta.url);
const { describeCases } = (await import(built.href)) as typeof Export;

describeCases([fileURLToPath(new URL("cases.yaml", import.meta.url))], { confirm: 0 });

// Without files: the package's documents about this system.
describeCases([], { filter: ["/^tcp.ipv4 none@wildcard > none@specific$/"], confirm: 0 });
