import { QUESTIONS, type OptionExperiment, type Question } from "../model/option-experiment.ts";
import { SOCKET_OPTIONS, type SocketOption } from "../model/options/option-table.ts";
import { sendsNothing } from "../trial/option-value.ts";

/** The option that an experiment asks. Throws an Error where no system has it. */
export function optionOf({ id, option }: OptionExperiment): SocketOption {
  const found = SOCKET_OPTIONS.get(option);
  if (!found) throw new Error(`${id}: no system has such an option`);
  return found;
}

/** The questions that a program asks: those that an experiment does not skip, in their order. */
export function askedQuestions(experiment: OptionExperiment): Question[] {
  const option = optionOf(experiment);
  return QUESTIONS.filter(
    (question) =>
      (!option.isOnlyRead || READING.includes(question)) &&
      (experiment.protocol === "tcp" || !CONNECTIONS.includes(question)) &&
      (question !== "read-refused" || !sendsNothing(option)),
  );
}

const CONNECTIONS: readonly Question[] = ["inherited", "read-refused"];
const READING: readonly Question[] = ["get", "default", "type", "get-short", "known"];
