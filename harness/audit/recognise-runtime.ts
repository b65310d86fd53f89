import path from "node:path";
import type { Owner } from "./listener.ts";

/** What a program runs on, by the name of its file or the first word of its command line; null when it is not known. */
export function recogniseRuntime(owners: readonly Owner[]): string | null {
  const names = owners.flatMap(({ executable, commandLine }) =>
    [executable, commandLine?.split(/[ :]/, 1)[0]].flatMap((file) => (file ? [nameOf(file)] : [])),
  );
  return RUNTIMES.find(([, pattern]) => names.some((name) => pattern.test(name)))?.[0] ?? null;
}

const RUNTIMES: readonly (readonly [runtime: string, file: RegExp])[] = [
  ["node", /^(node|nodejs)$/],
  ["python", /^pythonw?(\d+(\.\d+)*)?$/],
  ["java", /^javaw?$/],
  [".net", /^dotnet$/],
  ["nginx", /^nginx$/],
  ["redis", /^(redis|valkey)-server$/],
  ["socat", /^socat\d*$/],
];

/** `C:\Program Files\nodejs\node.exe`, `/usr/bin/python3.11`. */
function nameOf(file: string): string {
  return path.win32
    .basename(file)
    .replace(/\.exe$/i, "")
    .toLowerCase();
}
