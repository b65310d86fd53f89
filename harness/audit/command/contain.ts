import { loadKoffi } from "../../binder/load-koffi.ts";
import { adoptOrphans } from "./adopt-orphans.ts";
import type { Containment } from "./containment.ts";
import { descendantsOf } from "./descendants.ts";
import { endProcesses } from "./end-processes.ts";
import { openJob } from "./job-object.ts";

/** Of this process: it has to be called before the command is started. */
export function contain(): Containment {
  if (process.platform === "win32") return openJob(loadKoffi());
  adoptOrphans();
  const members = (): number[] => descendantsOf(process.pid);
  return { members, end: (graceMs) => endProcesses(members, graceMs) };
}
