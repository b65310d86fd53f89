import { styleText } from "node:util";
import type { VerdictWord } from "../../harness/model/verdict.ts";
import type { Output } from "../reporter.ts";

/** Colours a text of one line, or leaves it as it is. */
export type Paint = (style: PaintStyle, text: string) => string;

type PaintStyle = VerdictWord | "heading" | "faint";

/** Colours for an output that takes them. */
export function createPaint(output: Output): Paint {
  if (!output.colours) return (_style, text) => text;
  // styleText would ask process.stdout, which need not be this output.
  return (style, text) => styleText(FORMATS[style], text, { validateStream: false });
}

const FORMATS: Readonly<Record<PaintStyle, Parameters<typeof styleText>[0]>> = {
  held: "green",
  contradicted: ["bold", "red"],
  "known-deviation": "cyan",
  "stale-deviation": ["bold", "magenta"],
  skipped: "gray",
  broken: ["bold", "yellow"],
  heading: "bold",
  faint: "gray",
};
