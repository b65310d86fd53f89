import { measureOptions, MEASURE_LIMITS, type MeasureOptions } from "../measure/measure-options.ts";
import { InputError } from "../model/problem.ts";
import type { Selection } from "../model/selection.ts";
import { checkedSelection } from "../session/checked-selection.ts";

/** The options that choose claims, as the command line gives them. */
export interface SelectionTexts {
  readonly filter: readonly string[];
  readonly protocol: readonly string[];
  readonly family: readonly string[];
  readonly document: readonly string[];
  readonly shard?: string;
}

/** The options that say how to measure, as the command line gives them. */
export interface MeasureOptionTexts {
  readonly jobs?: string;
  readonly confirm: string;
  readonly timeout: string;
  readonly ports?: string;
  readonly isolate?: boolean;
}

/** Throws InputError. */
export function parseSelection(files: readonly string[], options: SelectionTexts): Selection {
  const { filter, document, protocol, family, shard = null } = options;
  return checkedSelection({ files, filter, document, protocol, family, shard });
}

/** Throws InputError. */
export function parseMeasureOptions(options: MeasureOptionTexts): MeasureOptions {
  const { jobs, confirm, timeout, ports, isolate = false } = options;
  return measureOptions({
    ...(jobs !== undefined && { jobs: whole("--jobs", jobs, MEASURE_LIMITS.jobs) }),
    isolate,
    confirm: whole("--confirm", confirm, MEASURE_LIMITS.confirm),
    timeoutMs: whole("--timeout", timeout, MEASURE_LIMITS.timeoutMs),
    ports: ports === undefined ? null : parsePorts(ports),
  });
}

function whole(name: string, text: string, [least, most]: readonly [number, number]): number {
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
