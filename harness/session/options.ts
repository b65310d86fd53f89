import { InputError } from "../model/problem.ts";
import { parseShard } from "../claims/select.ts";
import type { MeasureOptions } from "../measure/measure-options.ts";
import type { Selection } from "../model/selection.ts";

/** What commander hands over for the options that choose claims. */
export interface SelectionOptions {
  readonly filter: readonly string[];
  readonly protocol: readonly string[];
  readonly family: readonly string[];
  readonly document: readonly string[];
  readonly shard?: string;
}

/** What commander hands over for the options that say how to measure. */
export interface MeasureOptionTexts {
  readonly jobs?: string;
  readonly confirm: string;
  readonly timeout: string;
  readonly ports?: string;
  readonly isolate?: boolean;
  /** What every target must have, and which targets there must be: names with commas between. */
  readonly require?: string;
}

/** Throws InputError. */
export function parseSelection(files: readonly string[], options: SelectionOptions): Selection {
  const { filter, document } = options;
  if (options.shard !== undefined) parseShard(options.shard);
  return {
    files,
    filter,
    document,
    protocol: oneOf("--protocol", options.protocol, ["tcp", "udp"]),
    family: oneOf("--family", options.family, ["ipv4", "ipv6", "dual"]),
    shard: options.shard ?? null,
  };
}

/** Throws InputError. `processors` is how many run at once: a pair of binders keeps two busy. */
export function parseMeasureOptions(
  options: MeasureOptionTexts,
  processors: number,
): MeasureOptions {
  return {
    jobs:
      options.jobs === undefined
        ? Math.max(1, Math.floor(processors / 2))
        : whole("--jobs", options.jobs, 1, 256),
    isolate: options.isolate ?? false,
    confirm: whole("--confirm", options.confirm, 0, 100),
    timeoutMs: whole("--timeout", options.timeout, 1, 3_600_000),
    ports: options.ports === undefined ? null : parsePorts(options.ports),
  };
}

function oneOf(
  name: string,
  values: readonly string[],
  allowed: readonly string[],
): readonly string[] {
  for (const value of values)
    if (!allowed.includes(value))
      throw new InputError([`${name}: '${value}' is unknown (allowed: ${allowed.join(", ")})`]);
  return values;
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new InputError([`${name}: '${text}' is not a whole number from ${least} to ${most}`]);
}

function parsePorts(text: string): [from: number, to: number] {
  const [, from = 0, to = 0] = (/^(\d{1,5})-(\d{1,5})$/.exec(text) ?? []).map(Number);
  if (from < 1 || to > 65_535 || to - from < 1)
    throw new InputError([
      `--ports: '${text}' is not FROM-TO with at least two ports from 1 to 65535`,
    ]);
  return [from, to];
}
