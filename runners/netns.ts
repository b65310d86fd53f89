import { release } from "node:os";
import { BINDER_FILE, localBinders } from "../harness/binder-client/local-binders.ts";
import type { OpenTarget } from "../harness/binder-client/open-target.ts";
import { otherBinders } from "../harness/binder-client/other-binders.ts";
import { findMissingProgram, type Lack } from "./find-program.ts";
import { makeNamespaces, type Namespaces } from "./namespaces.ts";
import { ADD_OWN_ADDRESSES } from "./own-addresses.ts";
import type { Preparation } from "./prepare/preparation.ts";
import { TargetProblem, type Availability, type Runner } from "./runner.ts";

/** The kernel of this machine, in a network namespace that nothing else uses, with addresses of its own. */
export function netnsRunner(): Runner {
  return {
    name: "netns",
    availability: netnsAvailability,
    open: (preparation) => openNetns(preparation),
  };
}

/** Whether this system lets us make one. */
export async function netnsAvailability(): Promise<Availability> {
  const lack = await findLack();
  if (lack) return { here: false, ...lack };
  try {
    const namespaces = await makeOwn();
    await namespaces.end();
    return { here: true, what: `${describe(namespaces)} of Linux ${release()}` };
  } catch (error) {
    return { here: false, why: (error as Error).message, mend: "run with sudo" };
  }
}

async function findLack(): Promise<Lack | null> {
  if (process.platform !== "linux")
    return { why: "network namespaces are Linux's", mend: "bindcheck run --on local" };
  return findMissingProgram({ unshare: "util-linux", ip: "iproute2" });
}

function makeOwn(signal?: AbortSignal): Promise<Namespaces> {
  const setUp = (): string => ADD_OWN_ADDRESSES;
  return makeNamespaces({ flags: ["--net"], setUp, ...(signal && { signal }) });
}

function describe({ isUserNamespace }: Namespaces): string {
  return `${isUserNamespace ? "user, network and process" : "network and process"} namespaces`;
}

/** Makes one in which binders of a Node start. Throws TargetProblem. */
export async function openNetns(
  { signal }: Preparation,
  node: string = process.execPath,
): Promise<OpenTarget> {
  const lack = await findLack();
  if (lack) throw new TargetProblem(`${lack.why}; get it with: ${lack.mend}`);
  const namespaces = await makeOwn(signal);
  const [file = "", ...enter] = namespaces.enter;
  const start = localBinders({ file, arguments: [...enter, node, BINDER_FILE] });
  const others = otherBinders(start);
  return {
    start,
    startAsOther: others.startAsOther,
    outside: { runtime: { isolation: describe(namespaces) } },
    problem() {
      const ending = namespaces.ending();
      return ending && `The namespaces were lost (${ending})`;
    },
    async close() {
      others.end();
      await namespaces.end();
    },
  };
}
