import { bindSteps } from "./bind-steps.ts";
import { findFault } from "./check-step.ts";
import { optionSteps } from "./option-steps.ts";
import { nodeSteps } from "./node-steps.ts";
import { askRangesToAvoid } from "./port-ranges.ts";
import type { Program, Step, StepResult } from "./protocol.ts";
import type { Sockets } from "./sockets.ts";
import { trafficSteps } from "./traffic-steps.ts";
import type { Performers, Workbench } from "./workbench.ts";

/** Carries programs out, each up to and with its first step that fails. */
export function createPerformer(
  sockets: Sockets,
  unreadable: readonly string[],
): (program: Program) => Promise<StepResult[]> {
  const bench: Workbench = {
    sockets,
    unreadable: new Set(unreadable),
    open: new Map(),
    nodeSockets: new Map(),
    datagramSockets: new Set(),
    toGroups: new Set(),
    steered: new Map(),
    encoded: new Map(),
  };
  return async (program) => {
    const results: StepResult[] = [];
    for (const step of program) {
      const performed = performSafely(step, bench);
      // Few steps make it wait, and a pause at every step would slow the rest down.
      const result = performed instanceof Promise ? await performed : performed;
      results.push(result);
      if (result.errno !== undefined || result.problem !== undefined) break;
    }
    return results;
  };
}

const performers: Performers<Step["do"], StepResult | Promise<StepResult>> = {
  ...bindSteps,
  ...trafficSteps,
  ...optionSteps,
  ...nodeSteps,
  "ports-to-avoid": async () => ({ ranges: await askRangesToAvoid() }),
};

function performSafely(step: Step, bench: Workbench): StepResult | Promise<StepResult> {
  const fault = findFault(step);
  if (fault !== null) return { problem: fault };
  const perform = performers[step.do] as (
    step: Step,
    bench: Workbench,
  ) => StepResult | Promise<StepResult>;
  const problem = (error: unknown): StepResult => ({
    problem: `${step.do}: ${error instanceof Error ? error.message : String(error)}`,
  });
  try {
    const performed = perform(step, bench);
    return performed instanceof Promise ? performed.catch(problem) : performed;
  } catch (error) {
    return problem(error);
  }
}
