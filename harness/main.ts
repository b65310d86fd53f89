#!/usr/bin/env node
import { main } from "./commands/main.ts";

// Whoever reads a pipe may stop reading, as `head` does: then nobody is there to tell anything.
process.stdout.on("error", () => process.exit(0));

process.exitCode = await main(process.argv);
