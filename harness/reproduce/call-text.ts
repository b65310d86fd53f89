import { SOCKET_OPTIONS, type OptionLevel } from "../model/options/option-table.ts";
import type { Call } from "./calls.ts";
import type { Ports, ProgramStep } from "./reproduction.ts";

/**
 * How a language writes each call, with these words filled in; null where it cannot make the call.
 *
 * - `<own>`, `<accepted>`: the socket of the step, and the one that it accepts, as expressions; `<name>`, `<accepted-name>`:
 *   their names.
 * - `<family>`, `<address>`, `<port>`, `<level>`, `<option>`: as the language spells them.
 * - `<among>`, `<members>`: the names of a census, and how many they are; `<step>`: the number of its step.
 * - `<in-seconds>`: a wait of `<ms>`.
 * - `<value>` and every other number or text of the call: as it is.
 */
export type CallTemplates = Readonly<Record<Call["do"], string | null>>;

/** How a language writes what calls are about. */
export interface Spelling {
  readonly socket: (name: string) => string;
  readonly families: Readonly<Record<"ipv4" | "ipv6", string>>;
  /** Levels by their names in C, where they are called otherwise. */
  readonly levels: Readonly<Partial<Record<OptionLevel, string>>>;
  /** Names of options where they differ from those of the C headers. */
  readonly options?: Readonly<Record<string, string>>;
  readonly ports: {
    readonly same: string;
    readonly other: string;
    readonly literal: (port: number) => string;
  };
}

/** Fills in a call's template. Throws an Error where the language cannot make the call. */
export function callText(
  templates: CallTemplates,
  spelling: Spelling,
  call: Call,
  step: ProgramStep,
  ports: Ports,
): string {
  const template = templates[call.do];
  if (template === null) throw new Error(`this language has no ${call.do}`);
  return fillIn(template, {
    ...call,
    own: spelling.socket(step.socket),
    name: step.socket,
    accepted: spelling.socket(step.accepts ?? ""),
    "accepted-name": step.accepts ?? "",
    step: Number.parseInt(step.label, 10),
    ...("family" in call && call.family !== "dual"
      ? { family: spelling.families[call.family] }
      : {}),
    ...("port" in call ? { port: portText(call.port, spelling, ports) } : {}),
    ...("option" in call ? optionWords(call.option, spelling) : {}),
    ...("among" in call
      ? { among: call.among.map((name) => `"${name}"`).join(", "), members: call.among.length }
      : {}),
    ...("ms" in call ? { "in-seconds": call.ms / 1000 } : {}),
  });
}

/** Fills in the words of a template. Throws an Error where it uses one that is not there. */
export function fillIn(template: string, words: Readonly<Record<string, unknown>>): string {
  return template.replaceAll(/<([a-z\d-]+)>/g, (_, word: string) => {
    const value = words[word];
    if (typeof value === "string" || typeof value === "number") return `${value}`;
    throw new Error(`'${template}' uses <${word}>, which is not there`);
  });
}

function portText(port: number, spelling: Spelling, ports: Ports): string {
  if (port === ports.same) return spelling.ports.same;
  return port === ports.other ? spelling.ports.other : spelling.ports.literal(port);
}

function optionWords(option: string, { levels, options }: Spelling): Record<string, string> {
  const level = SOCKET_OPTIONS.get(option)?.level ?? "SOL_SOCKET";
  return {
    option: options?.[option] ?? option,
    level: levels[level] ?? level,
  };
}
