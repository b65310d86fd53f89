import type { Hello, Program, Reply } from "../../binder/protocol.ts";
import type { OtherAccount } from "../../binder/other-account.ts";
import { BinderLost, startBinder, type BinderProcess } from "../../binder-client/binder-process.ts";
import { localBinders } from "../../binder-client/local-binders.ts";
import { hearSignal } from "../hear-signal.ts";

/** Binders of several accounts; each is started when it is first needed, and again after it was lost. */
export interface Binders {
  /**
   * Has a binder carry programs out: one of this process's own account unless another one is given. Throws BinderLost;
   * throws the signal's reason, and starts and asks nothing more, once the signal is aborted.
   */
  ask(
    role: string,
    startAs: OtherAccount | undefined,
    programs: readonly Program[],
  ): Promise<Reply["results"]>;
  /** What the own account's binder says of the system. Throws BinderLost. */
  hello(): Promise<Hello>;
  /** Names for sockets that no binder has used. */
  reserve(count: number): number;
  end(): void;
}

// A binder under an emulator on a loaded machine may take seconds; a connect that nothing accepts, for ever.
const TIMEOUT_MS = 15_000;

/** Opens binders that end at once when the signal is aborted. */
export function openBinders(signal: AbortSignal): Binders {
  const binders = new Map<string, BinderProcess>();
  let lastSocket = 0;
  let isOver = false;
  const end = (): void => {
    for (const binder of binders.values()) binder.end();
  };
  signal.addEventListener("abort", end, { once: true });
  const binderOf = async (role: string, startAs?: OtherAccount): Promise<BinderProcess> => {
    const key = `${role} ${startAs?.name ?? ""}`;
    if (!binders.has(key)) await hearSignal(signal);
    signal.throwIfAborted();
    // What is under way when the command is lost asks on.
    if (isOver) throw new Error("the audit is over");
    const found = binders.get(key) ?? startBinder(localBinders(undefined, startAs), role);
    binders.set(key, found);
    return found;
  };
  return {
    async ask(role, startAs, programs) {
      const binder = await binderOf(role, startAs);
      try {
        await binder.hello;
        return await binder.ask(programs, TIMEOUT_MS);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof BinderLost)) throw error;
        binder.end();
        binders.delete(`${role} ${startAs?.name ?? ""}`);
        throw error;
      }
    },
    hello: async () => (await binderOf("same")).hello,
    reserve(count) {
      const first = lastSocket + 1;
      lastSocket += count;
      return first;
    },
    end() {
      isOver = true;
      signal.removeEventListener("abort", end);
      end();
    },
  };
}
