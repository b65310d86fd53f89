import { ADVICE, type AdviceRow } from "./advice-table.ts";
import type { Advice, Finding } from "../audit-report.ts";
import type { Protocol } from "../../model/vocabulary.ts";

/** Where advice is needed. */
export interface Situation {
  readonly platform: string;
  readonly runtime: string | null;
  readonly protocol: Protocol;
  readonly port: number;
}

/** What closes the ways in, each piece once. */
export function advise(findings: readonly Finding[], situation: Situation): Advice[] {
  // Members of a group that get copies take nothing away.
  const rows = findings
    .filter(({ isCopy }) => !isCopy)
    .flatMap((finding) => ADVICE.find((row) => fits(row, situation, finding)) ?? []);
  return [...new Set(rows)].map(({ text, brief, source }) => ({ text, brief, source }));
}

/** Whether the protocol of a port has a rule of its own, which comes before what is said of all sockets. */
export function hasOwnRule({ protocol, port }: Pick<Situation, "protocol" | "port">): boolean {
  return ADVICE.some((row) => row.protocol === protocol && row.port === port);
}

/** How programs on a platform make their sockets exclusive, by what they run on. */
export function runtimeAdvice(platform: string, protocol: Protocol): RuntimeAdvice[] {
  return ADVICE.flatMap(({ text, source, ...row }) => {
    const { runtime, port } = row;
    const isIt = row.platform === platform && (row.protocol ?? protocol) === protocol;
    return runtime === undefined || port !== undefined || !isIt ? [] : [{ runtime, text, source }];
  });
}

/** A piece of advice for what runs on one runtime. */
export interface RuntimeAdvice extends Pick<Advice, "text" | "source"> {
  readonly runtime: string;
}

function fits(row: AdviceRow, situation: Situation, { options }: Finding): boolean {
  return (
    (row.platform ?? situation.platform) === situation.platform &&
    (row.runtime ?? situation.runtime) === situation.runtime &&
    (row.protocol ?? situation.protocol) === situation.protocol &&
    (row.port ?? situation.port) === situation.port &&
    (row.option === undefined || options.includes(row.option))
  );
}
