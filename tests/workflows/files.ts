import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const GITHUB = fileURLToPath(new URL("../../.github", import.meta.url));

/** One step of a job or of a composite action. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A job; one that calls a workflow has no steps. */
export interface Job {
  readonly "runs-on"?: string;
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly os?: readonly string[] } };
  readonly steps?: readonly Step[];
}

/** A file of workflows, or an action. */
export interface Told<Content> {
  /** From the repository. */
  readonly file: string;
  readonly text: string;
  readonly content: Content;
}

export const workflows: readonly Told<{
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}>[] = readdirSync(path.join(GITHUB, "workflows")).map((name) => read(`workflows/${name}`));

type ActionFile = Told<{ readonly runs: { readonly steps: readonly Step[] } }>;

export const action: ActionFile = read("actions/bindcheck/action.yml");

/** Readies a machine for a run that skips nothing. */
export const preparation: ActionFile = read("actions/prepare/action.yml");

export const actions: readonly ActionFile[] = [action, preparation];

function read<Content>(name: string): Told<Content> {
  const text = readFileSync(path.join(GITHUB, name), "utf8");
  return { file: `.github/${name}`, text, content: parse(text) as Content };
}

/** Every job, by file and name. */
export const jobs: readonly (readonly [name: string, Job])[] = workflows.flatMap(
  ({ file, content }) =>
    Object.entries(content.jobs).map(([name, job]) => [`${file} ${name}`, job] as const),
);

/** Every step of the workflows and of the action. */
export const allSteps: readonly Step[] = [
  ...jobs.flatMap(([, { steps = [] }]) => steps),
  ...actions.flatMap(({ content }) => content.runs.steps),
];

/** The systems that a job runs on. */
export function systemsOf({ "runs-on": label, strategy }: Job): readonly string[] {
  return label?.startsWith("${{") ? (strategy?.matrix.os ?? []) : label ? [label] : [];
}

/** The commands that run on Linux. */
export function linuxCommands(): string[] {
  const steps = jobs
    .filter(([, job]) => systemsOf(job).some((system) => system.startsWith("ubuntu")))
    .flatMap(([, job]) => job.steps ?? []);
  return [...steps, ...actions.flatMap(({ content }) => content.runs.steps)]
    .filter((step) => !/runner\.os == '(?:Windows|macOS)'/.test(step.if ?? ""))
    .flatMap(({ run }) => run ?? []);
}
