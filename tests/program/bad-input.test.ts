import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { reporterNames } from "../../reports/reporters.ts";
import { OUTCOME_HELP } from "../../harness/cases/outcome-text.ts";
import { bindcheck, makeFolder } from "./bindcheck.ts";

const WRONG_FILES = fileURLToPath(new URL("../wrong-case-files", import.meta.url));

/** The one mistake of each file, as it is reported to its author. */
const MISTAKES: Readonly<Record<string, string>> = {
  "unknown-option.yaml":
    "12:18: unknown option 'SO_REUSEADR' (allowed: none, SO_EXCLUSIVEADDRUSE, SO_REUSEADDR, SO_REUSEPORT, exclusive, reuseAddr, reusePort and the socket options of C, one with a value as SO_BINDTODEVICE=lo, joined by +) (did you mean 'SO_REUSEADDR' or 'reuseAddr'?)",
  "unknown-address.yaml":
    "12:33: 'address' is 'specific3' (allowed: wildcard, specific, specific2, mapped-wildcard, mapped-specific) (did you mean 'specific' or 'specific2'?)",
  "short-row.yaml": "15:51: outcomes in this row: 1 (it needs 2, one for each column in 'first')",
  "long-row.yaml": "14:51: outcomes in this row: 3 (it needs 2, one for each column in 'first')",
  "duplicate-cell.yaml":
    "15:57: duplicate cell: 'tcp/ipv4 none@specific > none@wildcard' is already in line 14 (allowed: each cell once)",
  "letter-o.yaml": `15:52: '10O48' is not an outcome (allowed: ${OUTCOME_HELP}) (did you mean '10048'?)`,
  "winsock-number.yaml":
    "14:52: '10048' is a number of Winsock, and linux has none (write a name of errno.h, such as EADDRINUSE)",
  "tab.yaml": "3:1: a tab as indentation (allowed: spaces)",
  "alias-bomb.yaml": "2:8: an alias (write the value out: anchors and aliases are not read)",
  "empty.yaml":
    "1:1: the file is empty (a case file has 'document', 'matrix' and 'table' or 'pairs')",
  "comment.yaml":
    "1:1: the file is empty (a case file has 'document', 'matrix' and 'table' or 'pairs')",
  "binary.yaml": "1:1: the file is binary (a case file is YAML in UTF-8)",
  "latin-1.yaml": "1:1: the file is not text in UTF-8 (a case file is YAML in UTF-8)",
  "missing.yaml": "1:1: there is no such file",
  "prose.yaml": "1:1: the document is 'A table, one day.' (allowed: a mapping)",
  "unclosed.yaml":
    "2:1: Flow map in block collection must be sufficiently indented and end with a }",
  "key-twice.yaml": "5:3: the key 'section' is there twice (allowed: each key once)",
  "missing-key.yaml": "2:3: 'kind' is missing (allowed: documented, measured, derived, control)",
  "missing-note.yaml":
    "15:64: the footnote of 'success*' is missing (add 'success*: …' under 'notes')",
  "unknown-key.yaml": "7:11: unknown key 'colour' (allowed: id, title, section, url, kind, remark)",
  "unknown-platform.yaml":
    "7:25: 'platform' is 'plan9' (allowed: any, windows, linux, macos, freebsd, openbsd, wine, gvisor, bsd)",
};

test("Each wrong case file is reported to a run in one line, and nothing runs.", async () => {
  const out = path.join(await makeFolder(), "results");
  const expected = { exitCode: 2, stdout: "" };
  const files = Object.keys(MISTAKES);
  const lines = files.map((file) => `${file}:${MISTAKES[file]}`);
  const all = await bindcheck(["run", ...files, "--out", out], { cwd: WRONG_FILES });
  expect({ ...all, stderr: all.stderr.split("\n") }).toEqual({ ...expected, stderr: lines });
  // One alone, of each kind: what is not there, what is not YAML, what is not a case file.
  for (const file of ["missing.yaml", "binary.yaml", "short-row.yaml"]) {
    const ended = await bindcheck(["run", file, "--out", out], { cwd: WRONG_FILES });
    expect(ended).toEqual({ ...expected, stderr: `${file}:${MISTAKES[file]}` });
  }
  expect(existsSync(out)).toBe(false);
});

test("All wrong files are reported at once, each with its one line.", async () => {
  const lines = Object.entries(MISTAKES).map(([file, line]) => `${file}:${line}`);
  const ended = await bindcheck(["check", ...Object.keys(MISTAKES)], { cwd: WRONG_FILES });
  expect(ended.stderr.split("\n")).toEqual(lines);
  expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
});

test("Two documents of one id are reported where the second is.", async () => {
  expect(await bindcheck(["check", "same-id.yaml"], { cwd: WRONG_FILES })).toEqual({
    exitCode: 2,
    stdout: "",
    stderr:
      "same-id.yaml:18:7: the document 'wrong/table' is already in same-id.yaml (allowed: an id of its own)",
  });
});

test("A folder is all its case files; one without any is reported.", async () => {
  const folder = await makeFolder();
  const empty = path.join(folder, "empty");
  await mkdir(empty);
  expect(await bindcheck(["check", empty])).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: `${empty}:1:1: there is no case file in this folder (their names end in .yaml)`,
  });
  await writeFile(path.join(folder, "one.yaml"), "prose\n");
  await writeFile(path.join(empty, "two.yaml"), "# nothing\n");
  const { exitCode, stderr } = await bindcheck(["check", folder]);
  expect(exitCode).toBe(2);
  expect(
    stderr.split("\n").map((line) => path.relative(folder, line.slice(0, line.indexOf(".yaml")))),
  ).toEqual([path.join("empty", "two"), "one"]);
});

const DOCUMENTS = "cases/linux/socket-7.yaml";

describe.concurrent("A wrong argument", () => {
  let file = "";
  beforeAll(async () => {
    file = path.join(await makeFolder(), "file");
    await writeFile(file, "");
  });

  const told: Readonly<Record<string, string>> = {
    "run --on mars":
      '--on: unknown target "mars" (allowed: local, netns, gvisor, gvisor@VERSION, wine, wine@VERSION, wine:PREFIX, uml, uml@VERSION, node@VERSION, ssh:[USER@]HOST[:PORT], exec:COMMAND, available)',
    "run --on local:here":
      '--on: target "local" takes no argument, got "local:here" (allowed: local, netns, gvisor, gvisor@VERSION, wine, wine@VERSION, wine:PREFIX, uml, uml@VERSION, node@VERSION, ssh:[USER@]HOST[:PORT], exec:COMMAND, available)',
    "run --shard 5/4": "--shard: '5/4' is not I/N with I from 1 to N (such as 1/4)",
    "list --shard 0/4": "--shard: '0/4' is not I/N with I from 1 to N (such as 1/4)",
    "run --out FILE/below":
      "FILE/below/results.ndjson cannot be written: a part of its path is not a folder",
    "run --reporter ndjson=FILE/below":
      "FILE/below cannot be written: a part of its path is not a folder",
    "run --reporter teletype": `--reporter: 'teletype' is unknown (allowed: ${reporterNames.join(", ")}, each with =PATH if wanted)`,
    "run --reporter tap=- --reporter junit=-":
      "--reporter: only one reporter can write to the terminal (give the others =PATH)",
    "list --filter /(/": "--filter: Invalid regular expression: /(/: Unterminated group",
    "run --filter nothing-like-this":
      "the selection matches nothing: widen --filter, --document, --protocol or --family, or see 'bindcheck list'",
    "list --filter nothing-like-this":
      "the selection matches nothing: widen --filter, --document, --protocol or --family, or see 'bindcheck list'",
    [`run ${DOCUMENTS} --document socket-8`]:
      "--document: there is no 'socket-8' (there are: socket-7/bound, socket-7/listening)",
    "run --protocol sctp": "--protocol: 'sctp' is unknown (allowed: tcp, udp)",
    "run --family inet": "--family: 'inet' is unknown (allowed: ipv4, ipv6, dual, ipv6-as-made)",
    "run --jobs none": "--jobs: 'none' is not a whole number from 1 to 256",
    "run --confirm -1": "--confirm: '-1' is not a whole number from 0 to 100",
    "run --timeout 0": "--timeout: '0' is not a whole number from 1 to 3600000",
    "run --ports 80": "--ports: '80' is not FROM-TO with at least two ports from 1 to 65535",
    measure: "unknown command 'measure' (see 'bindcheck --help')",
    "run --frobnicate": "unknown option '--frobnicate' (see 'bindcheck run --help')",
    "run --on": "option '--on <target>' argument missing (see 'bindcheck run --help')",
  };
  test.each(Object.entries(told))("'%s' is reported in one line.", async (parameters, line) => {
    const named = (text: string): string => text.replace("FILE", file);
    const ended = await bindcheck(parameters.split(" ").map(named));
    const stderr = ended.stderr.replaceAll(path.sep, "/");
    expect({ ...ended, stderr }).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: named(line).replaceAll(path.sep, "/"),
    });
  });
});
