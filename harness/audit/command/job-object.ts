import type Koffi from "koffi";
import type { Containment } from "./containment.ts";

// winnt.h: JOBOBJECTINFOCLASS and JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE.
const JobObjectBasicProcessIdList = 3;
const JobObjectExtendedLimitInformation = 9;
const JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE = 0x2000;
// JOBOBJECT_EXTENDED_LIMIT_INFORMATION on 64-bit and 32-bit Windows; LimitFlags follows two 64-bit times.
const LIMITS_SIZE = process.arch === "ia32" ? 112 : 144;
const LIMIT_FLAGS_AT = 16;
// JOBOBJECT_BASIC_PROCESS_ID_LIST: two 32-bit counts, then an id of pointer size for each process.
const LIST_AT = 8;
const ID_SIZE = process.arch === "ia32" ? 4 : 8;
const USUAL_MEMBERS = 1000;
// winerror.h
const ERROR_MORE_DATA = 234;

/**
 * Puts this process into a job of its own (jobapi2.h). What it starts is in the job too, and when this process ends,
 * however it ends, Windows ends all that are in it. Throws when Windows refuses.
 */
export function openJob(koffi: typeof Koffi): Containment {
  const kernel32 = koffi.load("kernel32.dll");
  const create = kernel32.func("uintptr_t __stdcall CreateJobObjectW(void *, const char16_t *)");
  const set = kernel32.func(
    "int __stdcall SetInformationJobObject(uintptr_t, int, void *, uint32_t)",
  );
  const assign = kernel32.func("int __stdcall AssignProcessToJobObject(uintptr_t, uintptr_t)");
  const query = kernel32.func(
    "int __stdcall QueryInformationJobObject(uintptr_t, int, void *, uint32_t, void *)",
  );
  const terminate = kernel32.func("int __stdcall TerminateJobObject(uintptr_t, uint32_t)");
  const current = kernel32.func("uintptr_t __stdcall GetCurrentProcess()");
  const lastError = kernel32.func("uint32_t __stdcall GetLastError()");
  const demand = (returned: unknown, call: string): void => {
    if (returned === 0) throw new Error(`${call} gave error ${lastError() as number}`);
  };

  const job = create(null, null) as number | bigint;
  demand(Number(job), "CreateJobObjectW");
  const limits = Buffer.alloc(LIMITS_SIZE);
  limits.writeUInt32LE(JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, LIMIT_FLAGS_AT);
  demand(
    set(job, JobObjectExtendedLimitInformation, limits, limits.length),
    "SetInformationJobObject",
  );
  demand(assign(job, current()), "AssignProcessToJobObject");

  return {
    members() {
      let list = Buffer.alloc(0);
      for (let room = USUAL_MEMBERS, isWhole = false; !isWhole; room *= 2) {
        list = Buffer.alloc(LIST_AT + room * ID_SIZE);
        isWhole = query(job, JobObjectBasicProcessIdList, list, list.length, null) !== 0;
        if (!isWhole && lastError() !== ERROR_MORE_DATA) demand(0, "QueryInformationJobObject");
      }
      const count = list.readUInt32LE(4);
      const ids = Array.from({ length: count }, (_, index) =>
        list.readUInt32LE(LIST_AT + index * ID_SIZE),
      );
      return ids.filter((id) => id !== process.pid);
    },
    // At once, for Windows has no way to ask; this process is one of them.
    end: () => Promise.resolve(void terminate(job, 0)),
  };
}
