import { readFileSync } from "node:fs";

/**
 * The words before a command that have Linux kill it when this process dies, from its first moment; none where `setpriv` does
 * not have them: that of util-linux before 2.33 (Red Hat Enterprise Linux 8) and BusyBox's. Node itself may hang in its start,
 * as it does where threads run out, and then the binder's own call for this never comes (end-with-harness.ts).
 */
export function parentDeathWords(setpriv: string): readonly string[] {
  // A Windows program under Wine sees the file and cannot start it.
  return process.platform === "linux" && knowsParentDeath(setpriv)
    ? [setpriv, "--pdeathsig", "KILL"]
    : [];
}

/** Looks for the option in the program itself: to start it and ask would take longer than all the rest of a start. */
function knowsParentDeath(setpriv: string): boolean {
  try {
    return readFileSync(setpriv).includes("pdeathsig");
  } catch {
    return false;
  }
}
