import { execa } from "execa";
import { expect, test } from "vitest";
import {
  SOCKET_OPTIONS,
  optionNumber,
  type OptionSystem,
} from "../../harness/model/options/option-table.ts";
import { findMissingProgram } from "../../runners/find-program.ts";
import { describeTarget } from "../require-target.ts";

/** A C program that compiles only where the headers have the sizes and, of the options that they know, the numbers. */
function programOf(
  system: OptionSystem,
  headers: readonly string[],
  sizes: Readonly<Record<string, number>>,
): string {
  const options = [...SOCKET_OPTIONS.values()].flatMap((option) => {
    const at = optionNumber(option, system);
    const { name, level } = option;
    const isRight = at
      ? `(int)${level} == ${at.level} && (int)(${name}) == ${at.number}`
      : `!"the table has none for ${system}"`;
    return [`#ifdef ${name}`, `_Static_assert(${isRight}, "${name}");`, "#endif"];
  });
  const structs = Object.entries(sizes).map(
    ([name, size]) => `_Static_assert(sizeof(${name}) == ${size}, "${name}");`,
  );
  return [...headers.map((header) => `#include <${header}>`), ...options, ...structs, ""].join(
    "\n",
  );
}

/** How many options of the table a compiler's headers know, and which of them have another number or size. */
async function compare(
  compiler: string,
  system: OptionSystem,
  headers: readonly string[],
  sizes: Readonly<Record<string, number>>,
): Promise<{ readonly known: number; readonly wrong: readonly string[] }> {
  const input = programOf(system, headers, sizes);
  const settings = { input, reject: false, env: { LC_ALL: "C" } } as const;
  const flags = ["-D_WIN32_WINNT=0x0A00", "-x", "c", "-"];
  const { stdout: macros } = await execa(compiler, ["-E", "-dM", ...flags], settings);
  const names = [...macros.matchAll(/^#define (\w+) /gm)].map(([, name = ""]) => name);
  const { stderr } = await execa(compiler, ["-fsyntax-only", "-w", ...flags], settings);
  return {
    known: names.filter((name) => SOCKET_OPTIONS.has(name)).length,
    wrong: stderr.split("\n").filter((line) => line.includes("error: ")),
  };
}

async function availability(compiler: string, debianPackage: string) {
  const lack = await findMissingProgram({ [compiler]: debianPackage });
  return lack ? ({ here: false, ...lack } as const) : ({ here: true, what: compiler } as const);
}

const MINGW = "x86_64-w64-mingw32-gcc";

describeTarget("gcc", await availability("gcc", "gcc"), () => {
  test("Linux's headers have the numbers and sizes of the table.", async () => {
    const headers = ["sys/time.h", "asm/socket.h", "linux/in.h", "linux/in6.h"];
    const found = await compare("gcc", "linux", [...headers, "linux/tcp.h", "linux/udp.h"], {
      int: 4,
      "struct timeval": 16,
    });
    expect(found.wrong).toEqual([]);
    expect(found.known).toBeGreaterThan(190);
  });
});

describeTarget("mingw", await availability(MINGW, "gcc-mingw-w64-x86-64"), () => {
  test("Windows' headers have the numbers and sizes of the table.", async () => {
    const headers = ["winsock2.h", "ws2tcpip.h", "mswsock.h", "mstcpip.h"];
    const sizes = { BOOL: 4, DWORD: 4, "struct linger": 4 };
    const found = await compare(MINGW, "windows", headers, sizes);
    expect(found.wrong).toEqual([]);
    expect(found.known).toBeGreaterThan(100);
  });
});
