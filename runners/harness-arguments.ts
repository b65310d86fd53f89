import type { RunRequest } from "./runner.ts";

/** How paths of this machine are written on the target, and where the result stream goes there: null for stdout. */
export interface Place {
  readonly pathThere: (path: string) => string;
  readonly results: string | null;
}

/**
 * The command line that makes a harness elsewhere measure what `request` asks for.
 * Values are joined to their option, so that one that begins with a dash stays a value.
 */
export function harnessArguments(
  { selection, options, except }: RunRequest,
  place: Place,
): string[] {
  const each = (name: string, values: readonly string[]): string[] =>
    values.map((value) => `--${name}=${value}`);
  return [
    selection.explores ? "explore" : "run",
    ...selection.files.map(place.pathThere),
    "--on=local",
    `--reporter=ndjson${place.results === null ? "" : `=${place.results}`}`,
    ...each("filter", selection.filter),
    ...each("protocol", selection.protocol),
    ...each("family", selection.family),
    ...each("document", selection.document),
    ...(selection.shard === null ? [] : [`--shard=${selection.shard}`]),
    ...(except === undefined ? [] : [`--except=${place.pathThere(except)}`]),
    `--jobs=${options.jobs}`,
    `--confirm=${options.confirm}`,
    `--timeout=${options.timeoutMs}`,
    ...(options.isolate ? ["--isolate"] : []),
    ...(options.ports === null ? [] : [`--ports=${options.ports.join("-")}`]),
  ];
}
