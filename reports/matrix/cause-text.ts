import { contradictionText } from "../sentences.ts";
import type { Judged } from "./judged.ts";

/** Why a claim did not simply hold, in one line. */
export function causeText({ word, reason, detail, expect, observed }: Judged): string {
  if (word === "broken" || word === "skipped") return reason ?? observed;
  if (word === "stale-deviation") return detail ?? observed;
  const text = contradictionText(expect, observed);
  return detail === undefined ? text : `${text}: ${detail}`;
}
