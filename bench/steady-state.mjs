import { execFileSync, spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { inTurn } from "./in-turn.mjs";

const STEADY = fileURLToPath(new URL("./steady.mjs", import.meta.url));
const FLOOR = fileURLToPath(new URL("./floor.c", import.meta.url));
const ROUNDS = 7;
const COUNT = 20_000;

/** Experiments a second once the binders are up, against a C program and `--isolate`; then what more of them cost. */
export async function measureSteadyState({ print, ratioText, out }) {
  print("");
  print("## Steady state");
  print("");
  print("| pooled binders | against | ratio |");
  print("| --- | --- | --- |");
  const pooled = () => rateOf(steady(COUNT));
  const compare = async (what, rounds, measureBase) => {
    const { base, own, ratio } = await inTurn(rounds, measureBase, pooled);
    const text = ratioText(`experiments a second against ${what}`, ratio);
    print(
      `| ${own.toFixed(0)} a second | ${what}: ${base.toFixed(base < 100 ? 1 : 0)} | ${text} |`,
    );
  };
  const floor = buildFloor(out);
  if (floor) {
    await compare("the C program of floor.c", ROUNDS, () => floorRate(floor, []));
    if (process.platform === "linux")
      await compare("the same, held on one processor", ROUNDS, () =>
        floorRate(floor, ["taskset", "-c", "0"]),
      );
  } else print("| | the C program of floor.c: there is no `cc` | |");
  await compare("`--isolate`", 3, () => rateOf(steady(20, "isolate")));

  print("");
  print(
    "| experiments | seconds | a second | peak memory of the harness | still held at the end |",
  );
  print("| --- | --- | --- | --- | --- |");
  for (const count of [1000, 10_000, 100_000]) {
    const result = steady(count);
    const [peak, held] = [result.maxRssKiB, result.heapKiB].map((kiB) => (kiB / 1024).toFixed(0));
    const speed = `${result.seconds.toFixed(1)} | ${rateOf(result).toFixed(0)}`;
    print(`| ${count} | ${speed} | ${peak} MiB | ${held} MiB |`);
  }
}

function steady(count, ...more) {
  const result = JSON.parse(
    execFileSync(process.execPath, ["--expose-gc", STEADY, String(count), ...more]),
  );
  if (result.decided !== count)
    throw new Error(`${count - result.decided} experiments were not decided`);
  return result;
}

/** The C program's path; null where there is no compiler. */
function buildFloor(out) {
  const program = path.join(out, "floor");
  const { status } = spawnSync("cc", ["-O2", "-o", program, FLOOR], { stdio: "ignore" });
  return status === 0 ? program : null;
}

function floorRate(floor, before) {
  const [file, ...given] = [...before, floor, String(COUNT)];
  return rateOf(JSON.parse(execFileSync(file, given)));
}

function rateOf({ decided, seconds }) {
  return decided / seconds;
}
