import * as z from "zod";
import { STEPS, type StepName } from "../model/steps.ts";
import { STEP_SHAPES } from "./scenario-schema.ts";

/**
 * Every step of a scenario as a table for docs/case-files.md: its verb, what it takes (what may be left out in brackets),
 * and the call that an error belongs to where the text names none.
 */
export function stepList(): string {
  const rows = (Object.keys(STEP_SHAPES) as StepName[]).map((verb) => [
    `\`${verb}\``,
    parametersOf(verb).join(", "),
    STEPS[verb].call ?? "",
  ]);
  return [["step", "takes", "an error is at"], ["---", "---", "---"], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

interface Shape {
  readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
  readonly required: readonly string[];
}

function parametersOf(verb: StepName): string[] {
  const { properties, required } = z.toJSONSchema(STEP_SHAPES[verb], {
    io: "input",
  }) as unknown as Shape;
  return Object.keys(properties)
    .filter((name) => name !== "do")
    .map((name) => (required.includes(name) ? `\`${name}\`` : `[\`${name}\`]`));
}
