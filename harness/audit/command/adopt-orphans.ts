import { loadLibc } from "../../binder/libc.ts";
import { loadKoffi } from "../../binder/load-koffi.ts";

// include/uapi/linux/prctl.h; PR_SET_CHILD_SUBREAPER(2const).
const PR_SET_CHILD_SUBREAPER = 36;

/** From here on orphans below this process become its children. Linux alone has this; elsewhere nothing is done. */
export function adoptOrphans(): void {
  if (process.platform !== "linux") return;
  const prctl = loadLibc(loadKoffi()).func("int prctl(int, ...)");
  prctl(PR_SET_CHILD_SUBREAPER, "unsigned long", 1);
}
