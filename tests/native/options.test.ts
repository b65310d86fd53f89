import { writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { SOCKET_OPTIONS, optionNumber } from "../../harness/model/options/option-table.ts";
import { netnsRunner } from "../../runners/netns.ts";
import { findMissingProgram } from "../../runners/find-program.ts";
import { bindcheck, makeFolder, readStream } from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";

const ASKED = [...SOCKET_OPTIONS.values()].flatMap((option) => {
  const at = optionNumber(option, "linux");
  return at ? [{ ...option, at }] : [];
});
const KINDS = ["tcp", "udp"].flatMap((protocol) =>
  ["ipv4", "ipv6"].map((family) => ({ protocol, family })),
);

/** A C program that knows nothing of bindcheck: it reads every option on a new socket, `ID: bytes` or `ID: errno N`. */
function readerProgram(): string {
  const reads = KINDS.flatMap(({ protocol, family }) =>
    ASKED.map(({ name, at }) => {
      const domain = family === "ipv4" ? "AF_INET" : "AF_INET6";
      const type = protocol === "tcp" ? "SOCK_STREAM" : "SOCK_DGRAM";
      return `  ask("${protocol}/${family} option ${name}", ${domain}, ${type}, ${at.level}, ${at.number});`;
    }),
  );
  return `#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
static void ask(const char *id, int domain, int type, int level, int number) {
  unsigned char value[512]; // one option reads what is there: the same bytes as in a binder
  memset(value, 0xa5, sizeof value);
  socklen_t size = sizeof value;
  int own = socket(domain, type, 0);
  if (getsockopt(own, level, number, value, &size) != 0)
    printf("%s: errno %d\\n", id, errno);
  else {
    printf("%s: ", id);
    for (socklen_t i = 0; i < size; i++) printf("%02x", value[i]);
    printf(" in %d\\n", (int)size);
  }
  close(own);
}
int main(void) {
${reads.join("\n")}
  return 0;
}
`;
}

const missing = await findMissingProgram({ cc: "gcc" });
const availability = missing
  ? { here: false as const, ...missing }
  : await netnsRunner().availability();

describeTarget("gcc", availability, () => {
  test("Every option reads on a new socket as an independent program reads it.", async () => {
    const folder = await makeFolder();
    const [source, program] = [path.join(folder, "read.c"), path.join(folder, "read")];
    writeFileSync(source, readerProgram());
    await execa("cc", ["-o", program, source]);
    const { stdout } = await execa(program);
    const file = path.join(folder, "all.yaml");
    writeFileSync(
      file,
      `document: { id: all, title: T, section: S, url: "https://example.org/", kind: measured }
applies-to: { platform: linux }
matrix: { protocol: [tcp, udp], family: [ipv4, ipv6] }
options:
${ASKED.map(({ name }) => `  - { option: ${name}, get: yes }`).join("\n")}
`,
    );
    const results = path.join(folder, "results.ndjson");
    const known = ["--known", "none", "--on", "netns"];
    const ended = await bindcheck(["run", ...known, "--reporter", `ndjson=${results}`, file]);
    expect(ended.stderr).not.toContain("broken");
    const seen = new Map<string, string>();
    for (const line of readStream(results))
      if (line.type === "observation" && line.steps) {
        const [get, value] = line.steps;
        seen.set(
          line.experiment.id,
          get?.outcome.kind === "error"
            ? `errno ${get.outcome.errno}`
            : `${value?.outcome.kind === "value" ? value.outcome.value : "?"} in ${value?.outcome.kind === "value" ? value.outcome.size : "?"}`,
        );
      }
    const lines = stdout.split("\n");
    expect(lines).toHaveLength(4 * ASKED.length);
    const differences = lines.filter((line) => {
      const [id = "", read = ""] = line.split(": ");
      return !agrees(seen.get(id), read);
    });
    expect(differences).toEqual([]);
    const readable = new Set(
      lines.filter((line) => !line.includes("errno")).map((line) => line.split(" ")[2]),
    );
    expect(readable.size).toBeGreaterThanOrEqual(150);
  }, 120_000);
});

/** Whether two accounts of a value are of one: numbers and errors in full, the rest by their sizes. */
function agrees(seen = "", read: string): boolean {
  const [, hex = "", size = ""] = /^([\da-f]*) in (\d+)$/.exec(read) ?? [];
  if (read.startsWith("errno")) return seen === read;
  if (!seen.endsWith(` in ${size}`)) return false;
  const value = seen.split(" ")[0] ?? "";
  if (!/^-?\d+$/.test(value) || size !== "4") return true;
  return Buffer.from(hex, "hex").readInt32LE() === Number(value);
}
