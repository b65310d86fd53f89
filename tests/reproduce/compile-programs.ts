import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { execa } from "execa";

/** Programs that differ in their ports and their `main` alone. */
interface Group {
  readonly name: string;
  readonly numbers: number[];
  readonly parts: string[];
}

/**
 * Compiles the programs `1.c` and so on of a folder, and returns the words that run each; throws what the compiler says,
 * warnings included. To start a compiler, read the headers and link takes far longer than to compile one `main`:
 * programs that are the same up to there are compiled as one, which runs the program whose number it is given. The first
 * of them is compiled as it is printed besides.
 */
export async function compilePrograms(
  folder: string,
  count: number,
  compiler: string,
  ending: string,
  ...libraries: readonly string[]
): Promise<string[]> {
  const groups = new Map<string, Group>();
  const commands = Array.from({ length: count }, (_, index) => {
    const n = index + 1;
    const text = readFileSync(path.join(folder, `${n}.c`), "utf8");
    failOnUncalled(text);
    const { head, part } = splitProgram(text, n);
    const group = groups.get(head) ?? { name: `${n}-and-more`, numbers: [], parts: [head] };
    groups.set(head, group);
    group.numbers.push(n);
    group.parts.push(part);
    return `${group.name}${ending} ${n}`;
  });
  for (const { name, numbers, parts } of groups.values())
    writeFileSync(path.join(folder, `${name}.c`), [...parts, runOneOf(numbers), ""].join("\n"));
  const files = [...groups.values()].flatMap(({ name, numbers }) => [name, String(numbers[0])]);
  const each = `for f; do ${compiler} -Wall -Wextra -Werror "$f.c" -o "$f${ending}" ${libraries.join(" ")} || exit 255; done`;
  const script = `echo ${files.join(" ")} | xargs -P ${availableParallelism()} -n 2 sh -c '${each}' sh`;
  await execa("sh", ["-c", script], { cwd: folder });
  return commands;
}

const MAIN = "int main(void) {";
const PORTS = /^#define (?:OTHER_)?PORT .*$/gm;

/** What a program shares with others, and what is its own. */
function splitProgram(text: string, n: number): { head: string; part: string } {
  const [before = "", body] = text.split(MAIN);
  if (body === undefined) throw new Error(`no ${MAIN} in:\n${text}`);
  const own = ["#undef PORT", "#undef OTHER_PORT", ...(before.match(PORTS) ?? [])];
  const uncommented = before.replace(/^\/\*[^]*?\*\/\n/, "");
  const shared = uncommented.replaceAll(PORTS, "");
  return {
    // Helpers that name the port are the program's own.
    head: /\bPORT\b/.test(shared) ? uncommented : shared,
    part: [...own, `static ${MAIN.replace("main", `main_${n}`)}${body}`].join("\n"),
  };
}

function runOneOf(numbers: readonly number[]): string {
  const cases = numbers.map((n) => `  if (number == ${n}) return main_${n}();`);
  return [
    "int main(int count, char **words) {",
    "  int number = count > 1 ? atoi(words[1]) : 0;",
    ...cases,
    "  return 254;",
    "}",
  ].join("\n");
}

/** A compiler cannot warn of a helper that one program does not call where another one of the group does. */
function failOnUncalled(text: string): void {
  for (const [, name = ""] of text.matchAll(/^static [^\n=;]*?\b(\w+)\(/gm))
    if (text.split(new RegExp(`\\b${name}\\(`)).length < 3)
      throw new Error(`nothing calls ${name} in:\n${text}`);
}
