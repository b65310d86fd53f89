import { readFileSync } from "node:fs";
import os from "node:os";
import type Koffi from "koffi";
import type { Hello } from "./protocol.ts";

const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: "windows", darwin: "macos" };

/** Precisely what this process runs on. Wine names itself, so that its results are never taken for Windows'. */
export function describeHost(koffi: typeof Koffi): Pick<Hello, "platform" | "os" | "runtime"> {
  const own = PLATFORM_NAMES[process.platform] ?? process.platform;
  const wine = process.platform === "win32" ? wineVersion(koffi) : null;
  return {
    platform: { name: wine ? "wine" : own, implements: own, version: os.release() },
    os: {
      name: wine ? `Wine ${wine}` : systemName(),
      version: os.release(),
      // The third part of Windows' version is its build number; elsewhere uname(2) tells of the build.
      build: own === "windows" ? (os.release().split(".")[2] ?? "") : os.version(),
      kernel: `${os.type()} ${os.release()}`,
    },
    runtime: {
      node: process.version,
      koffi: koffi.version,
      architecture: process.arch,
      // A prefix can be set to claim any Windows.
      ...(wine ? { wine, "claims to be": os.version() } : {}),
    },
  };
}

// Wine's ntdll exports this and Windows' does not: wine/dlls/ntdll/ntdll.spec.
function wineVersion(koffi: typeof Koffi): string | null {
  try {
    return koffi.load("ntdll.dll").func("const char * __cdecl wine_get_version()")() as string;
  } catch {
    return null;
  }
}

// os-release(5); Windows names its product as its version; other systems name themselves by uname alone.
function systemName(): string {
  if (process.platform === "win32") return os.version();
  try {
    const name = /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync("/etc/os-release", "utf8"));
    return name?.[1] ?? os.type();
  } catch {
    return os.type();
  }
}
