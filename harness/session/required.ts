import { didYouMean } from "../model/did-you-mean.ts";
import type { Runner } from "../../runners/runner.ts";
import { isNeed, NEEDS, type Need } from "../experiments/requirements.ts";
import { InputError } from "../model/problem.ts";
import { TargetProblem } from "../model/target-problem.ts";

/**
 * What a run counts on at every target. Throws InputError for a name that is neither such a need nor a target, and
 * TargetProblem for a target that is not among those of the run.
 */
export async function findRequired(
  names: readonly string[],
  runners: readonly Runner[],
): Promise<readonly Need[]> {
  const others = names.filter((name) => !isNeed(name));
  if (others.length > 0) await requireTargets(others, runners);
  return names.filter(isNeed);
}

async function requireTargets(names: readonly string[], runners: readonly Runner[]): Promise<void> {
  // The code of every target takes long to load.
  const { isTargetName } = await import("../../runners/available.ts");
  const there = runners.map(({ name }) => name);
  for (const name of names) {
    if (there.some((each) => each === name || each.startsWith(`${name}:`))) continue;
    if (!isTargetName(name))
      throw new InputError([
        `--require: '${name}' is unknown (allowed: ${NEEDS.join(", ")}, and names of targets)${didYouMean(name, NEEDS)}`,
      ]);
    throw new TargetProblem(
      `--require: ${name} is not among the targets of this run: ${there.join(", ")} (bindcheck doctor says why)`,
    );
  }
}
