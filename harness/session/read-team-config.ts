import { isNode } from "yaml";
import { isTargetName, parseTarget } from "../../runners/available.ts";
import { parseCheckedYaml, type CheckedYaml } from "../cases/checked-yaml.ts";
import { InputError, problemText, type Problem } from "../model/problem.ts";
import { readYamlText } from "../cases/read-yaml-text.ts";
import { teamConfigSchema, type TeamConfig } from "./team-config.ts";

/** Reads a team's file. Throws InputError with every problem, one line each. */
export function readTeamConfig(file: string): TeamConfig {
  const { documents, problems } = parseCheckedYaml(file, readText(file), teamConfigSchema, EMPTY);
  const [document, another] = documents;
  if (another) {
    const place = another.placeAt(another.yaml.contents?.range?.[0] ?? 0);
    problems.push({ file, ...place, message: "a second document (there is one in the file)" });
  }
  if (document) problems.push(...nameProblems(file, document));
  if (!document || problems.length > 0) throw new InputError(problems.map(problemText));
  return document.data;
}

const EMPTY = "the file is empty (it has 'targets', 'fleets', 'reporters', 'out', 'known')";

function readText(file: string): string {
  const text = readYamlText(file, "a team's file");
  if (typeof text !== "string") throw new InputError([`--config: ${file}: ${text.message}`]);
  return text;
}

/** Names that are taken or unknown, and targets that are none. */
function nameProblems(file: string, { data, yaml, placeAt }: CheckedYaml<TeamConfig>): Problem[] {
  const problems: Problem[] = [];
  const tell = (path: readonly (string | number)[], message: string): void => {
    const node = yaml.getIn(path, true);
    problems.push({ file, ...placeAt((isNode(node) && node.range?.[0]) || 0), message });
  };
  for (const name of [...Object.keys(data.targets), ...Object.keys(data.fleets)])
    if (isTargetName(name))
      tell(
        [name in data.targets ? "targets" : "fleets", name],
        `the name '${name}' is taken (allowed: a name that no target has)`,
      );
  for (const [name, text] of Object.entries(data.targets)) {
    const target = parseTarget(text);
    if ("problem" in target) tell(["targets", name], target.problem);
  }
  for (const [name, { on }] of Object.entries(data.fleets)) {
    if (Object.hasOwn(data.targets, name))
      tell(
        ["fleets", name],
        `the name '${name}' is among the targets (allowed: a name of its own)`,
      );
    for (const [index, member] of on.entries()) {
      const target = parseTarget(member, Object.keys(data.targets));
      const isNamed = member === "available" || Object.hasOwn(data.targets, member);
      const isList = isNode(yaml.getIn(["fleets", name, "on", index], true));
      if (!isNamed && "problem" in target)
        tell(["fleets", name, "on", ...(isList ? [index] : [])], target.problem);
    }
  }
  return problems;
}
