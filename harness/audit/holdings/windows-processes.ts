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
/** A process of the own account can always be looked into, so one that cannot belongs to another account. */
const HIDDEN: Account = { id: "hidden", name: "another account" };

export function openProcesses(koffi: typeof Koffi): WindowsProcesses {
  const calls = loadCalls(koffi);
  return {
    describe(pid) {
      const process = calls.openProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid) as Handle;
      if (Number(process) === 0) return { account: HIDDEN, executable: null };
      const described = {
        account: accountOf(process, calls),
        executable: executableOf(process, calls),
      };
      calls.closeHandle(process);
      return described;
    },
  };
}

type Handle = number | bigint;
type Calls = ReturnType<typeof loadCalls>;

/** Prototypes: processthreadsapi.h, handleapi.h, securitybaseapi.h, sddl.h, winbase.h. */
function loadCalls(koffi: typeof Koffi) {
  const kernel32 = koffi.load("kernel32.dll");
  const advapi32 = koffi.load("advapi32.dll");
  return {
    openProcess: kernel32.func("uintptr_t __stdcall OpenProcess(uint32_t, int, uint32_t)"),
    imageName: kernel32.func(
      "int __stdcall QueryFullProcessImageNameW(uintptr_t, uint32_t, void *, void *)",
    ),
    closeHandle: kernel32.func("int __stdcall CloseHandle(uintptr_t)"),
    openToken: advapi32.func(
      "int __stdcall OpenProcessToken(uintptr_t, uint32_t, _Out_ uintptr_t *)",
    ),
    tokenInformation: advapi32.func(
      "int __stdcall GetTokenInformation(uintptr_t, int, void *, uint32_t, void *)",
    ),
    sidText: advapi32.func("int __stdcall ConvertSidToStringSidW(void *, _Out_ char16_t **)"),
    lookUp: advapi32.func(
      "int __stdcall LookupAccountSidW(void *, void *, void *, void *, void *, void *, void *)",
    ),
    readPointer: (bytes: Buffer): unknown => koffi.decode(bytes, "void *"),
  };
}

function executableOf(process: Handle, { imageName }: Calls): string | null {
  const name = Buffer.alloc(PATH_LENGTH * 2);
  const length = sizeOf(PATH_LENGTH);
  return imageName(process, 0, name, length) === 0 ? null : readWide(name, length);
}

function accountOf(process: Handle, calls: Calls): Account {
  const token: Handle[] = [0];
  if (calls.openToken(process, TOKEN_QUERY, token) === 0) return HIDDEN;
  const user = Buffer.alloc(TOKEN_USER_SIZE);
  const isTold = calls.tokenInformation(token[0], TokenUser, user, user.length, sizeOf(0)) !== 0;
  calls.closeHandle(token[0]);
  if (!isTold) return HIDDEN;
  // TOKEN_USER begins with a pointer to the SID, which is in the same buffer.
  const sid = calls.readPointer(user);
  const text: (string | null)[] = [null];
  const [id] = calls.sidText(sid, text) === 0 ? [] : text;
  return id ? { id, name: nameOf(sid, calls) ?? id } : HIDDEN;
}

/** The name that people know; none for an account that was removed. */
function nameOf(sid: unknown, { lookUp }: Calls): string | null {
  const [name, domain] = [Buffer.alloc(NAME_LENGTH * 2), Buffer.alloc(NAME_LENGTH * 2)];
  const [length, domainLength] = [sizeOf(NAME_LENGTH), sizeOf(NAME_LENGTH)];
  const isFound = lookUp(null, sid, name, length, domain, domainLength, sizeOf(0)) !== 0;
  return isFound ? readWide(name, length) : null;
}

/** A 32-bit number that a call reads and fills in. */
function sizeOf(value: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(value);
  return size;
}

function readWide(text: Buffer, length: Buffer): string {
  return text.toString("utf16le", 0, length.readUInt32LE(0) * 2);
}
