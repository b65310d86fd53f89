#!/usr/bin/env node
import { EXIT_INTERRUPTED } from "./commands/exit-code.ts";
import { main } from "./commands/main.ts";

// Whoever reads a pipe may stop reading, as `head` does: then nobody is there to tell anything, and no run passed.
process.stdout.on("error", () => process.exit(EXIT_INTERRUPTED));

process.exitCode = await main(process.argv);
