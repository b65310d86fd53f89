import path from "node:path";
import type Koffi from "koffi";
import { loadKoffi } from "./load-koffi.ts";
import { logonProblem } from "./logon-problem.ts";
import { publicEnvironment } from "./public-environment.ts";
import type { BinderCommand } from "./channel.ts";
import type { WindowsAccount } from "./other-account.ts";

/** A process that runs under another Windows account. */
export interface UserProcess {
  /** Its exit code; null while it runs. */
  exitCode(): number | null;
  kill(): void;
}

// processthreadsapi.h / winbase.h: CREATE_UNICODE_ENVIRONMENT.
const CREATE_UNICODE_ENVIRONMENT = 0x400;
// winbase.h has LOGON_WITH_PROFILE = 1: to load the account's registry takes seconds, and a binder needs none of it.
const LOGON_WITHOUT_PROFILE = 0;
const IS_32_BIT = process.arch === "ia32";
// STARTUPINFOW on 64-bit and 32-bit Windows (processthreadsapi.h): its size, which is its first member, and the places of
// dwFlags and wShowWindow. The process gets a console of its own whatever the flags say (CREATE_NO_WINDOW is not honoured).
const STARTUPINFO_SIZE = IS_32_BIT ? 68 : 104;
const FLAGS_OFFSET = IS_32_BIT ? 44 : 60;
const SHOW_WINDOW_OFFSET = IS_32_BIT ? 48 : 64;
// processthreadsapi.h: STARTF_USESHOWWINDOW. winuser.h: SW_HIDE.
const STARTF_USESHOWWINDOW = 0x1;
const SW_HIDE = 0;
// PROCESS_INFORMATION: two handles, then the ids of process and thread.
const PROCESS_INFORMATION_SIZE = IS_32_BIT ? 16 : 24;
// minwinbase.h: STILL_ACTIVE.
const STILL_ACTIVE = 259;
// Node asks for the real path of its program from the drive on, which another account may not: EPERM, lstat 'C:\Users'.
const NODE_OPTIONS = ["--preserve-symlinks", "--preserve-symlinks-main"];

/**
 * Starts a Node program by CreateProcessWithLogonW (winbase.h), in a thread of its own: the service behind it may take
 * seconds. Rejects when Windows refuses, with what fixes it.
 */
export async function startAsUser(
  { file, arguments: parameters }: BinderCommand,
  account: WindowsAccount,
  variables: Readonly<Record<string, string>>,
): Promise<UserProcess> {
  const koffi = loadKoffi();
  const startup = Buffer.alloc(STARTUPINFO_SIZE);
  startup.writeUInt32LE(STARTUPINFO_SIZE);
  startup.writeUInt32LE(STARTF_USESHOWWINDOW, FLAGS_OFFSET);
  startup.writeUInt16LE(SW_HIDE, SHOW_WINDOW_OFFSET);
  const information = Buffer.alloc(PROCESS_INFORMATION_SIZE);
  const words = [file, ...NODE_OPTIONS, ...parameters];
  // The function may write into its command line, so it gets a buffer of its own.
  const commandLine = Buffer.from(`${words.map(quote).join(" ")}\0`, "utf16le");
  await createProcess(koffi, account, [
    account.name,
    account.domain,
    account.password,
    LOGON_WITHOUT_PROFILE,
    null,
    commandLine,
    CREATE_UNICODE_ENVIRONMENT,
    environmentBlock(variables),
    path.dirname(file),
    startup,
    information,
  ]);
  return processOf(koffi, information);
}

function createProcess(
  koffi: typeof Koffi,
  { name }: WindowsAccount,
  parameters: readonly unknown[],
): Promise<void> {
  const create = koffi
    .load("advapi32.dll")
    .func(
      "int __stdcall CreateProcessWithLogonW(const char16_t *, const char16_t *, const char16_t *, uint32_t, const char16_t *, void *, uint32_t, const void *, const char16_t *, void *, void *)",
    );
  const lastError = koffi.load("kernel32.dll").func("uint32_t __stdcall GetLastError()");
  return new Promise((resolve, reject) => {
    create.async(...parameters, (error: Error | null, created: number) => {
      // koffi keeps the last error of the thread that it called in.
      if (error === null && created !== 0) resolve();
      else reject(error ?? new Error(logonProblem(name, lastError() as number)));
    });
  });
}

function processOf(koffi: typeof Koffi, information: Buffer): UserProcess {
  const kernel32 = koffi.load("kernel32.dll");
  const terminate = kernel32.func("int __stdcall TerminateProcess(uintptr_t, uint32_t)");
  const closeHandle = kernel32.func("int __stdcall CloseHandle(uintptr_t)");
  const getExitCode = kernel32.func("int __stdcall GetExitCodeProcess(uintptr_t, void *)");
  const handleAt = (index: number): number | bigint =>
    IS_32_BIT ? information.readUInt32LE(index * 4) : information.readBigUInt64LE(index * 8);
  closeHandle(handleAt(1));
  let isOpen = true;
  return {
    exitCode() {
      const code = Buffer.alloc(4);
      if (!isOpen || getExitCode(handleAt(0), code) === 0) return null;
      return code.readUInt32LE() === STILL_ACTIVE ? null : code.readUInt32LE();
    },
    kill() {
      if (!isOpen) return;
      isOpen = false;
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
