import type Koffi from "koffi";
import type { Account, Owner } from "../listener.ts";

/** Looks into processes of Windows. */
export interface WindowsProcesses {
  describe(pid: number): Pick<Owner, "executable"> & { readonly account: Account };
}

// winnt.h: PROCESS_QUERY_LIMITED_INFORMATION, TOKEN_QUERY, TOKEN_INFORMATION_CLASS TokenUser.
const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
const TOKEN_QUERY = 0x0008;
const TokenUser = 1;
// Room for TOKEN_USER with the longest SID (winnt.h, SECURITY_MAX_SID_SIZE 68), and for any path.
const TOKEN_USER_SIZE = 128;
const PATH_LENGTH = 32_768;
// Longer than lmcons.h lets a user's or a domain's name be.
const NAME_LENGTH = 512;
/** A process of the own account can always be looked into, so one that cannot is somebody else's. */
const HIDDEN: Account = { id: "hidden", name: "another account" };

/** Prototypes: processthreadsapi.h, securitybaseapi.h, sddl.h, winbase.h. */
export function openProcesses(koffi: typeof Koffi): WindowsProcesses {
  const kernel32 = koffi.load("kernel32.dll");
  const advapi32 = koffi.load("advapi32.dll");
  const openProcess = kernel32.func("uintptr_t __stdcall OpenProcess(uint32_t, int, uint32_t)");
  const imageName = kernel32.func(
    "int __stdcall QueryFullProcessImageNameW(uintptr_t, uint32_t, void *, void *)",
  );
  const closeHandle = kernel32.func("int __stdcall CloseHandle(uintptr_t)");
  const openToken = advapi32.func(
    "int __stdcall OpenProcessToken(uintptr_t, uint32_t, _Out_ uintptr_t *)",
  );
  const tokenInformation = advapi32.func(
    "int __stdcall GetTokenInformation(uintptr_t, int, void *, uint32_t, void *)",
  );
  const sidText = advapi32.func("int __stdcall ConvertSidToStringSidW(void *, _Out_ char16_t **)");
  const lookUp = advapi32.func(
    "int __stdcall LookupAccountSidW(void *, void *, void *, void *, void *, void *, void *)",
  );

  /** The name that people know; none for an account that was removed. */
  const nameOf = (sid: unknown): string | null => {
    const [name, domain] = [Buffer.alloc(NAME_LENGTH * 2), Buffer.alloc(NAME_LENGTH * 2)];
    const [length, domainLength, use] = [Buffer.alloc(4), Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32LE(NAME_LENGTH);
    domainLength.writeUInt32LE(NAME_LENGTH);
    const isFound = lookUp(null, sid, name, length, domain, domainLength, use) !== 0;
    return isFound ? name.toString("utf16le", 0, length.readUInt32LE(0) * 2) : null;
  };
  const executableOf = (process: number | bigint): string | null => {
    const name = Buffer.alloc(PATH_LENGTH * 2);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(PATH_LENGTH);
    if (imageName(process, 0, name, length) === 0) return null;
    return name.toString("utf16le", 0, length.readUInt32LE(0) * 2);
  };
  const accountOf = (process: number | bigint): Account => {
    const token: (number | bigint)[] = [0];
    if (openToken(process, TOKEN_QUERY, token) === 0) return HIDDEN;
    const user = Buffer.alloc(TOKEN_USER_SIZE);
    const size = Buffer.alloc(4);
    const isTold = tokenInformation(token[0], TokenUser, user, user.length, size) !== 0;
    closeHandle(token[0]);
    // TOKEN_USER begins with a pointer to the SID, which stands in the same buffer.
    const text: (string | null)[] = [null];
    const sid: unknown = isTold ? koffi.decode(user, "void *") : null;
    const [id] = sid === null || sidText(sid, text) === 0 ? [] : text;
    return id ? { id, name: nameOf(sid) ?? id } : HIDDEN;
  };
  return {
    describe(pid) {
      const process = openProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid) as number | bigint;
      if (Number(process) === 0) return { account: HIDDEN, executable: null };
      const described = { account: accountOf(process), executable: executableOf(process) };
      closeHandle(process);
      return described;
    },
  };
}
