import type { Program, StepResult } from "../binder/protocol.ts";
import type { Outcome, StepObservation } from "../model/observation.ts";
import { QUESTIONS, type Question } from "../model/option-experiment.ts";
import { SOCKET_OPTIONS, optionNumber, type SocketOption } from "../model/options/option-table.ts";
import type { CallName } from "../model/vocabulary.ts";
import { isConflict } from "./attribute.ts";
import { createOptionPrograms, type Asking, type OptionPrograms } from "./option-programs.ts";
import { sendsNothing, valueText } from "./option-value.ts";
import { stepOutcome } from "./step-outcome.ts";
import type { Binders, OptionTrial, TrialResult } from "./trial.ts";

/**
 * Asks the first binder every question of each option, each on sockets of its own: all in one message, except connections
 * that are refused. The outcome of an option is that of its first question. Throws BinderLost.
 */
export async function performOptions(
  trials: readonly OptionTrial[],
  { pair, timeoutMs }: Binders,
): Promise<TrialResult[]> {
  const plans = trials.map((trial) => planOption(trial, pair.nextSocket));
  const ask = async (askings: readonly Asking[]): Promise<(readonly [Program, Results])[]> => {
    const asked = askings.flatMap(({ program, closing }) =>
      program.length === 0 ? [] : [program, ...closing],
    );
    const results = asked.length === 0 ? [] : await pair.first.ask(asked, timeoutMs);
    return asked.map((program, index) => [program, results[index] ?? []]);
  };
  const answers = await ask(plans.flatMap(({ askings }) => askings));
  // A system may take seconds to refuse a connection, and programs of one message would wait one after the other.
  const refusals = await Promise.all(plans.map(({ refusal }) => ask(refusal)));
  const answered = new Map([...answers, ...refusals.flat()]);
  return plans.map((plan) => readOption(plan, answered));
}

type Results = readonly StepResult[];

/** An option with the programs that ask it. */
interface OptionPlan {
  readonly trial: OptionTrial;
  readonly option: SocketOption;
  readonly programs: OptionPrograms;
  /** All of them except the connection that is refused. */
  readonly askings: readonly Asking[];
  readonly refusal: readonly Asking[];
}

function planOption(trial: OptionTrial, nextSocket: () => number): OptionPlan {
  const { experiment, system } = trial;
  const option = SOCKET_OPTIONS.get(experiment.option);
  const at = option ? optionNumber(option, system) : null;
  if (!option || !at) throw new Error(`${experiment.id}: ${system} has no such option`);
  const programs = createOptionPrograms(trial, option, at, nextSocket);
  const { refused, afterRefused, ...others } = programs;
  return {
    trial,
    option,
    programs,
    askings: Object.values(others),
    refusal: [refused, afterRefused],
  };
}

function readOption(
  { trial, option, programs }: OptionPlan,
  answered: ReadonlyMap<Program, readonly StepResult[]>,
): TrialResult {
  const { system } = trial;
  const answerOf = (name: keyof typeof programs): Answer => {
    const { program } = programs[name];
    return { program, results: answered.get(program) ?? [], option, system };
  };
  const outcomes = outcomesOf(trial, option, answerOf);
  const steps = QUESTIONS.map((question, step): StepObservation => ({
    step,
    label: question,
    outcome: outcomes[question],
  }));
  const broken = steps.find(({ outcome }) => outcome.kind === "broken");
  if (broken?.outcome.kind === "broken") {
    const { reason, detail } = broken.outcome;
    return reason === "setup-failed"
      ? { counts: false, reason, why: detail }
      : { counts: true, outcome: broken.outcome, evidence: {}, steps: [] };
  }
  // Each experiment has a port of its own: who is refused it meets another process, whatever the option.
  const held = steps.map(({ outcome }) => outcome).find(isConflict);
  if (held?.kind === "error") {
    const why = `${held.step} says ${held.code} of port ${trial.port}`;
    return { counts: false, reason: "port-held-by-another", why };
  }
  return { counts: true, outcome: outcomes.get, evidence: {}, steps };
}

/** A program and what came of it. */
interface Answer {
  readonly program: Program;
  readonly results: readonly StepResult[];
  readonly option: SocketOption;
  readonly system: string;
}

function outcomesOf(
  { experiment }: OptionTrial,
  option: SocketOption,
  answerOf: (name: keyof OptionPrograms) => Answer,
): Readonly<Record<Question, Outcome>> {
  const { isOnlyRead } = option;
  const fresh = readOutcome(answerOf("fresh"));
  const isRead = fresh.kind === "value";
  const get: Outcome = isRead ? { kind: "success" } : fresh;
  const set = isOnlyRead ? NOT_SET : setOutcome(answerOf("set"));
  const unless = (outcome: Outcome, otherwise: () => Outcome): Outcome =>
    isOnlyRead ? outcome : otherwise();
  return {
    get,
    default: fresh,
    type: isRead ? { ...fresh, value: String(fresh.size) } : fresh,
    set,
    "read-back": unless(NOT_SET, () => readOutcome(answerOf("set"))),
    "set-bound": unless(NOT_SET, () => setOutcome(answerOf("bound"))),
    "read-bound": unless(NOT_SET, () => readOutcome(answerOf("bound"))),
    "get-short": readOutcome(answerOf("short")),
    "set-short": unless(NOT_SET, () => setOutcome(answerOf("setShort"))),
    "set-wrong": unless(NOT_SET, () => setOutcome(answerOf("wrong"))),
    "set-connected": unless(NOT_SET, () => setOutcome(answerOf("connected"))),
    inherited: unless(NOT_SET, () =>
      experiment.protocol === "udp" ? NOT_ACCEPTED : inheritedOutcome(fresh, answerOf("inherited")),
    ),
    "read-refused": unless(NOT_SET, () => {
      if (experiment.protocol === "udp") return NOT_REFUSED;
      return sendsNothing(option) ? NOT_SENT : refusedOutcome(answerOf);
    }),
    known: isUnknown(get) && (isOnlyRead || isUnknown(set)) ? get : { kind: "success" },
  };
}

function notAskable(detail: string): Outcome {
  return { kind: "skipped", reason: "not-askable", detail };
}

const NOT_SET = notAskable("setting it would take its socket out of use");
const NOT_ACCEPTED = notAskable("no connection is accepted over UDP");
const NOT_REFUSED = notAskable("no connection is refused over UDP");
const NOT_SENT = notAskable(
  "a socket that has it set could send off the machine, and sends nothing",
);

/** What reading gives once a connection was refused; how it was refused does not matter. */
function refusedOutcome(answerOf: (name: keyof OptionPrograms) => Answer): Outcome {
  const refused = answerOf("refused");
  const index = refused.program.findIndex(({ do: verb }) => verb === "connect");
  const obstacle = obstacleBefore(index, refused);
  if (obstacle) return obstacle;
  const connection = stepOutcome(refused.results[index], "connect");
  if (connection.kind === "error") return readOutcome(answerOf("afterRefused"));
  return connection.kind === "broken"
    ? connection
    : { kind: "broken", reason: "setup-failed", detail: "the connection was not refused" };
}

function isUnknown(outcome: Outcome): boolean {
  return outcome.kind === "error" && /^(?:WSA)?ENOPROTOOPT$/.test(outcome.code);
}

/** Whether the accepted connection reads as its listener does, or as a new socket. */
function inheritedOutcome(fresh: Outcome, answer: Answer): Outcome {
  const listening = readOutcome(answer, "first");
  if (listening.kind !== "value") return listening;
  const accepted = readOutcome(answer);
  if (accepted.kind !== "value") return accepted;
  const { size } = accepted;
  if (accepted.value === listening.value) return { kind: "value", value: "inherited", size };
  const isFresh = fresh.kind === "value" && accepted.value === fresh.value;
  return { kind: "value", value: isFresh ? "fresh" : accepted.value, size };
}

/** What setting gave; what came before it has to go well. */
function setOutcome(answer: Answer): Outcome {
  const index = answer.program.findIndex(({ do: verb }) => verb === "set-bytes");
  return obstacleBefore(index, answer) ?? stepOutcome(answer.results[index], "set-option");
}

/** What reading gave, the last time or the first. */
function readOutcome(answer: Answer, which: "first" | "last" = "last"): Outcome {
  const { program, results, option, system } = answer;
  const isGet = ({ do: verb }: Program[number]): boolean => verb === "get-option";
  const index = which === "first" ? program.findIndex(isGet) : program.findLastIndex(isGet);
  const result = results[index];
  const outcome = obstacleBefore(index, answer) ?? stepOutcome(result, "get-option");
  if (outcome.kind !== "success") return outcome;
  const { bytes = "", length = 0 } = result ?? {};
  return { kind: "value", value: valueText(option, bytes, system), size: length };
}

/** Why a step was not reached, or not on the socket that it needs; null where it was. */
function obstacleBefore(index: number, { program, results }: Answer): Outcome | null {
  const failed = results.findIndex(
    ({ errno, problem, pending }) => errno !== undefined || problem !== undefined || pending,
  );
  if (failed < 0 || failed >= index) return null;
  const verb = program[failed]?.do ?? "";
  const call = CALLS[verb];
  const isSet = program.slice(0, failed + 1).some((step) => step.do === "set-bytes");
  if (call !== undefined && (isSet || verb === "get-option"))
    return stepOutcome(results[failed], call);
  const { code = "" } = results[failed] ?? {};
  return { kind: "broken", reason: "setup-failed", detail: `${verb} failed with ${code}` };
}

// Once the option is set, the refusal of any call is an answer about it.
const CALLS: Readonly<Partial<Record<string, CallName>>> = {
  bind: "bind",
  listen: "listen",
  "begin-connect": "connect",
  "set-bytes": "set-option",
  "get-option": "get-option",
  accept: "accept",
};
