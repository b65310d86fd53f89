import type { OpenTarget } from "../harness/binder-client/open-target.ts";
import { localBinders } from "../harness/binder-client/local-binders.ts";
import type { Preparation } from "./prepare/preparation.ts";
import { openRelayed } from "./relayed-target.ts";
import type { Runner } from "./runner.ts";
import { startWayIn } from "./way-in.ts";

/** Wherever a command leads whose standard input and output reach a binder, such as a container. */
export function execRunner(command: string): Runner {
  return {
    name: `exec:${command}`,
    isElsewhere: true,
    availability: async () => ({ here: true, what: "any command that reaches a binder" }),
    open: (preparation) => openExec(command, preparation),
  };
}

async function openExec(command: string, { signal }: Preparation): Promise<OpenTarget> {
  const words =
    process.platform === "win32" ? ["cmd.exe", "/d", "/s", "/c", command] : ["sh", "-c", command];
  const way = startWayIn(words);
  const describe = (): string => `The command ended (${way.ending()}): ${command}`;
  const target = await openRelayed(way, { name: `What '${command}' reaches`, describe, signal });
  if (target.hello.relay) return target;
  // One that starts no others: the command leads to each.
  await target.close();
  const [file = "", ...rest] = words;
  const problem = (): null => null;
  const close = async (): Promise<void> => undefined;
  const start = localBinders({ file, arguments: rest, isUsers: true });
  const otherAccount = {
    problem: "the binder there starts no others, so none under another account",
  };
  return { ...target, start, otherAccount, problem, close };
}
