import { orderSystems } from "../../harness/results/version-order.ts";
import type { RunFacts } from "../run-facts.ts";
import type { Collected } from "../collected.ts";

/** The targets of one system as columns, the oldest version first. */
export interface SystemColumns {
  readonly name: string;
  readonly targets: readonly { readonly name: string; readonly label: string }[];
}

/** All targets of a run: those of one system beside each other and in the order of their versions. */
export function systemsInOrder(
  { verdicts, problems }: Collected,
  { targets }: RunFacts,
): SystemColumns[] {
  const known = orderSystems([...targets.values()]).map(({ platform, versions }) => ({
    name: platform,
    targets: versions.map(({ label, target }) => ({ name: target.target, label })),
  }));
  // Targets that never said what they are.
  const others = [...verdicts, ...problems].map(({ target }) => target);
  const unknown = [...new Set(others)].filter((name) => !targets.has(name));
  return [...known, ...unknown.map((name) => ({ name, targets: [{ name, label: name }] }))];
}
