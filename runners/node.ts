import { BINDER_FILE, openThisMachine } from "../harness/binder-client/local-binders.ts";
import type { OpenTarget } from "../harness/binder-client/open-target.ts";
import { netnsAvailability, openNetns } from "./netns.ts";
import type { Preparation } from "./prepare/preparation.ts";
import { TargetProblem, type Availability, type Runner } from "./runner.ts";
import { findVersion } from "./versions/find-version.ts";

/** This machine with another Node: in a network namespace where the system has them, else as it is. */
export function nodeRunner(version: string): Runner {
  return {
    name: `node@${version}`,
    availability: () => nodeAvailability(version),
    open: (preparation) => openNode(version, preparation),
  };
}

async function nodeAvailability(version: string): Promise<Availability> {
  try {
    return { here: true, what: `Node at ${(await findVersion("node", version)).program}` };
  } catch (error) {
    if (!(error instanceof TargetProblem)) throw error;
    const mend = `bindcheck versions --install node@${version}`;
    return { here: false, why: `Node ${version} is not here`, mend };
  }
}

async function openNode(version: string, preparation: Preparation): Promise<OpenTarget> {
  const { program } = await findVersion("node", version);
  const isIsolated = (await netnsAvailability()).here;
  return isIsolated
    ? openNetns(preparation, program)
    : openThisMachine({ file: program, arguments: [BINDER_FILE] });
}
