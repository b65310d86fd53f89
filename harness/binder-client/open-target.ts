import { setTimeout } from "node:timers/promises";
import type { Hello } from "../binder/protocol.ts";
import type { StartBinder } from "./binder-process.ts";

/** Where binders are started. */
export interface BinderStarts {
  readonly start: StartBinder;
  /** Under the target's other account. */
  readonly startAsOther: StartBinder;
}

/** A target that is ready for binders. */
export interface OpenTarget extends BinderStarts {
  /** Its binders are children of this process, as `localBinders` starts them. */
  readonly isThisProcess?: true;
  /** What only the outside of the target knows of it, for its line in the results. */
  readonly outside: {
    /** The system's name, where its binders cannot know it. */
    readonly systemName?: string;
    readonly runtime: Readonly<Record<string, string>>;
  };
  /** The other account, where the binders' own hello cannot tell. */
  readonly otherAccount?: Hello["otherAccount"];
  /** One pair of binders does work of every kind: another would take long to start and gain nothing. */
  readonly hasOnePair?: true;
  /** Why IPv6 is missing where the target should have it; null while it is there. Known once a binder is. */
  ipv6Problem?(): string | null;
  /** One sentence on how the target was lost; null while it is there. */
  problem(): string | null;
  /** Ends everything that was started there and removes every trace. */
  close(): Promise<void>;
}

// The end of a sandbox or a kernel reaches its binders before the program that started it reports it.
const ENDING_MS = 2_000;
const LOOK_MS = 20;

/**
 * Why no binder can be started on a target: how the target itself ended, or what the binder's start reported. An end
 * that is on its way is waited for, unless nothing more is to be measured.
 */
export async function startProblem(
  target: Pick<OpenTarget, "problem">,
  error: unknown,
  isOver: () => boolean,
): Promise<string> {
  for (let waited = 0; waited < ENDING_MS; waited += LOOK_MS) {
    if (target.problem() !== null || isOver()) break;
    await setTimeout(LOOK_MS);
  }
  return target.problem() ?? `no binder can be started: ${(error as Error).message}`;
}
