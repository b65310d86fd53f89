import { closeSync, openSync } from "node:fs";

/**
 * Becomes the package's own binder, whose lines go through a vice on their way out.
 *
 * The second argument of the program says when: `once FILE`, at the fifth reply of the first process that gets to make
 * FILE; `always`, at every reply about a UDP endpoint with SO_REUSEPORT; `hello`, at the first line;
 * `never`.
 *
 * @param {(line: string, write: (line: string) => void, spoil: (change: (results: object[]) => object[]) => string) => void} vice
 *   what becomes of a line when the time has come; `spoil` changes the results of those endpoints in it
 */
export async function becomeBinder(vice) {
  const [, , when, file] = process.argv;
  const write = process.stdout.write.bind(process.stdout);
  const requests = new Map();
  let lines = 0;
  const isTime = (line) => {
    lines += 1;
    if (when === "hello") return lines === 1;
    if (when === "once") return lines === 6 && isFirstToMake(file);
    if (when === "always") return lines > 1 && programsOf(line).some(isUdpWithReusePort);
    return false;
  };
  const programsOf = (line) => requests.get(JSON.parse(line).id) ?? [];
  const spoil = (line, change) => {
    const { id, results } = JSON.parse(line);
    const programs = programsOf(line);
    const spoilt = results.map((own, index) =>
      isUdpWithReusePort(programs[index] ?? []) ? change(own) : own,
    );
    return `${JSON.stringify({ id, results: spoilt })}\n`;
  };
  process.stdout.write = (line) => {
    if (isTime(line)) vice(line, write, (change) => spoil(line, change));
    else write(line);
    return true;
  };
  await import("../../dist/binder.cjs");
  let rest = "";
  process.stdin.prependListener("data", (chunk) => {
    const texts = (rest + chunk).split("\n");
    rest = texts.pop() ?? "";
    for (const text of texts) {
      const { id, programs } = JSON.parse(text);
      requests.set(id, programs);
    }
  });
}

function isUdpWithReusePort(program) {
  return program.some(
    (step) =>
      step.do === "open" && step.protocol === "udp" && step.options.includes("SO_REUSEPORT"),
  );
}

function isFirstToMake(file) {
  try {
    closeSync(openSync(file, "wx"));
    return true;
  } catch {
    return false;
  }
}
