import path from "node:path";
import { loadKoffi } from "./load-koffi.ts";
import { publicEnvironment } from "./public-environment.ts";
import type { BinderCommand } from "./channel.ts";
import type { WindowsAccount } from "./other-account.ts";

/** A process that runs under another Windows account. */
export interface UserProcess {
  kill(): void;
}

// winbase.h: LOGON_WITH_PROFILE. processthreadsapi.h / winbase.h: CREATE_UNICODE_ENVIRONMENT, CREATE_NO_WINDOW.
const LOGON_WITH_PROFILE = 0x1;
const CREATE_UNICODE_ENVIRONMENT = 0x400;
const CREATE_NO_WINDOW = 0x0800_0000;
// sizeof(STARTUPINFOW) on 64-bit and 32-bit Windows (processthreadsapi.h); its first member is its size.
const STARTUPINFO_SIZE = process.arch === "ia32" ? 68 : 104;
// PROCESS_INFORMATION: two handles, then the ids of process and thread.
const PROCESS_INFORMATION_SIZE = process.arch === "ia32" ? 16 : 24;

/** Starts a program by CreateProcessWithLogonW (winbase.h). Throws when Windows refuses. */
export function startAsUser(
  { file, arguments: parameters }: BinderCommand,
  account: WindowsAccount,
  variables: Readonly<Record<string, string>>,
): UserProcess {
  const koffi = loadKoffi();
  const advapi32 = koffi.load("advapi32.dll");
  const kernel32 = koffi.load("kernel32.dll");
  const create = advapi32.func(
    "int __stdcall CreateProcessWithLogonW(const char16_t *, const char16_t *, const char16_t *, uint32_t, const char16_t *, void *, uint32_t, const void *, const char16_t *, void *, void *)",
  );
  const lastError = kernel32.func("uint32_t __stdcall GetLastError()");
  const terminate = kernel32.func("int __stdcall TerminateProcess(uintptr_t, uint32_t)");
  const closeHandle = kernel32.func("int __stdcall CloseHandle(uintptr_t)");

  const startup = Buffer.alloc(STARTUPINFO_SIZE);
  startup.writeUInt32LE(STARTUPINFO_SIZE);
  const information = Buffer.alloc(PROCESS_INFORMATION_SIZE);
  // The function may write into its command line, so it gets a buffer of its own.
  const commandLine = Buffer.from(`${[file, ...parameters].map(quote).join(" ")}\0`, "utf16le");
  const created = create(
    account.name,
    account.domain,
    account.password,
    LOGON_WITH_PROFILE,
    null,
    commandLine,
    CREATE_UNICODE_ENVIRONMENT | CREATE_NO_WINDOW,
    environmentBlock(variables),
    path.dirname(file),
    startup,
    information,
  ) as number;
  if (created === 0)
    throw new Error(
      `CreateProcessWithLogonW for ${account.name} gave error ${lastError() as number}`,
    );
  const handleSize = process.arch === "ia32" ? 4 : 8;
  const handleAt = (index: number): number | bigint =>
    handleSize === 4
      ? information.readUInt32LE(index * handleSize)
      : information.readBigUInt64LE(index * handleSize);
  closeHandle(handleAt(1));
  return {
    kill() {
      terminate(handleAt(0), 1);
      closeHandle(handleAt(0));
    },
  };
}

/** As CommandLineToArgvW reads it (shellapi.h); file names on Windows hold no quotation marks. */
function quote(argument: string): string {
  return `"${argument}"`;
}

/** `NAME=value` strings in UTF-16, each ended by a zero, and one more at the end. */
function environmentBlock(variables: Readonly<Record<string, string>>): Buffer {
  const all = Object.entries({ ...publicEnvironment(), ...variables });
  const entries = all.map(([name, value]) => `${name}=${value}`);
  return Buffer.from(`${entries.toSorted().join("\0")}\0\0`, "utf16le");
}
