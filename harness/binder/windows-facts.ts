import type Koffi from "koffi";

// winreg.h: HKEY_LOCAL_MACHINE, RRF_RT_REG_DWORD, ERROR_SUCCESS.
const HKEY_LOCAL_MACHINE = 0x8000_0002;
const RRF_RT_REG_DWORD = 0x10;
const ERROR_SUCCESS = 0;
const VERSION_KEY = String.raw`SOFTWARE\Microsoft\Windows NT\CurrentVersion`;

/** The number of the cumulative update that is installed (UBR, the part of a build behind the point); null where none is given. */
export function updateRevision(koffi: typeof Koffi): number | null {
  const read = koffi
    .load("advapi32.dll")
    .func(
      "int32_t __stdcall RegGetValueW(uintptr_t, const char16_t *, const char16_t *, uint32_t, void *, void *, void *)",
    );
  const value = Buffer.alloc(4);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(value.length);
  const code = read(HKEY_LOCAL_MACHINE, VERSION_KEY, "UBR", RRF_RT_REG_DWORD, null, value, size);
  return code === ERROR_SUCCESS ? value.readUInt32LE() : null;
}

/** Whether this process runs with an administrator's rights in force (shlobj_core.h). */
export function isElevated(koffi: typeof Koffi): boolean {
  return koffi.load("shell32.dll").func("int __stdcall IsUserAnAdmin()")() !== 0;
}
