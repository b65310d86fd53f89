import os from "node:os";
import type Koffi from "koffi";
import { loadLibc } from "./libc.ts";

// prctl(2), include/uapi/linux/prctl.h.
const PR_SET_PDEATHSIG = 1;

/**
 * On Linux the kernel kills this process when its harness dies. The end of stdin tells that too, but not to a process
 * that stands still or hangs in a call.
 */
export function endWithHarness(koffi: typeof Koffi): void {
  if (process.platform !== "linux") return;
  const prctl = loadLibc(koffi).func("int prctl(int, ...)");
  prctl(PR_SET_PDEATHSIG, "unsigned long", os.constants.signals.SIGKILL);
}
