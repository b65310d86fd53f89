import type { Command } from "commander";

/** Adds one command to the program, with its options. */
export type AddCommand = (program: Command) => Command;
