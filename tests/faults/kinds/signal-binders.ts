import type { Scene } from "../fault.ts";

/** Sends a signal to binders, chosen by chance, at `times` moments of a run. */
export async function signalBinders(
  { random, start, count }: Scene,
  signal: NodeJS.Signals,
  times: number,
): Promise<void> {
  const program = start({ arguments: ["--timeout", "400"] });
  const moments = Array.from({ length: times }, random.fraction).toSorted((a, b) => a - b);
  for (const moment of moments) {
    if (!(await program.reaches(moment))) return;
    const [first, ...others] = program.binders();
    if (first === undefined) continue; // it is starting new ones
    process.kill(random.pick([first, ...others]), signal);
    count();
  }
}
