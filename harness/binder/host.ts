import { existsSync, readFileSync } from "node:fs";
import os from "node:os";
import type Koffi from "koffi";
import type { Hello } from "./protocol.ts";
import { isElevated, updateRevision } from "./windows-facts.ts";

const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: "windows", darwin: "macos" };

/** A platform of Node by the name that bindcheck has for it. */
export function platformName(platform: string = process.platform): string {
  return PLATFORM_NAMES[platform] ?? platform;
}

/**
 * Precisely what this process runs on. Wine and gVisor are named as what they are, so that their results are never
 * taken for those of the system whose calls they offer.
 */
export function describeHost(koffi: typeof Koffi): Pick<Hello, "platform" | "os" | "runtime"> {
  const own = platformName();
  const wine = process.platform === "win32" ? wineVersion(koffi) : null;
  const isGvisor = os.version() === GVISOR_BUILD;
  const name = wine ? "wine" : isGvisor ? "gvisor" : own;
  return {
    platform: { name, implements: own, version: os.release() },
    os: {
      name: wine ? `Wine ${wine}` : isGvisor ? "gVisor" : systemName(),
      version: os.release(),
      // Elsewhere uname(2) tells of the build.
      build: own === "windows" ? windowsBuild(koffi) : os.version(),
      kernel: `${os.type()} ${os.release()}`,
    },
    runtime: {
      node: process.version,
      koffi: koffi.version,
      architecture: process.arch,
      privileges: privilegesOf(koffi),
      ...imageOf(process.env),
      // A prefix can be set to claim any Windows.
      ...(wine ? { wine, "claims to be": os.version() } : {}),
    },
  };
}

/** The third part of Windows' version, and the cumulative update: `26100.4652`. */
function windowsBuild(koffi: typeof Koffi): string {
  const build = os.release().split(".")[2] ?? "";
  const revision = updateRevision(koffi);
  return revision === null ? build : `${build}.${revision}`;
}

function privilegesOf(koffi: typeof Koffi): string {
  if (process.platform === "win32") return isElevated(koffi) ? "administrator" : "user";
  return process.getuid?.() === 0 ? "root" : "user";
}

// github.com/actions/runner-images, README: environment variables of hosted images, which Azure Pipelines has too.
function imageOf({ ImageOS, ImageVersion }: NodeJS.ProcessEnv): { readonly image?: string } {
  return ImageOS && ImageVersion ? { image: `${ImageOS} ${ImageVersion}` } : {};
}

// Wine's ntdll exports this and Windows' does not: wine/dlls/ntdll/ntdll.spec.
function wineVersion(koffi: typeof Koffi): string | null {
  try {
    return koffi.load("ntdll.dll").func("const char * __cdecl wine_get_version()")() as string;
  } catch {
    return null;
  }
}

// gVisor's uname(2) gives this in all its releases, whatever version of Linux it claims to be:
// gvisor/pkg/sentry/syscalls/linux/linux64.go.
const GVISOR_BUILD = "#1 SMP Sun Jan 10 15:06:54 PST 2016";

// os-release(5); Windows names its product as its version; other systems name themselves by uname alone.
function systemName(): string {
  if (process.platform === "win32") return os.version();
  const emulator = isUserModeLinux() ? "User-mode Linux, " : "";
  try {
    const name = /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync("/etc/os-release", "utf8"));
    return `${emulator}${name?.[1] ?? os.type()}`;
  } catch {
    return `${emulator}${os.type()}`;
  }
}

// Only this architecture has the file: linux/arch/um/kernel/exitcode.c. A file system of the host is no sign of the kernel.
function isUserModeLinux(): boolean {
  return process.platform === "linux" && existsSync("/proc/exitcode");
}
