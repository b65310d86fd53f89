import type { Hello, Program, Reply } from "../../binder/protocol.ts";
import { ownBinder, startBinder, type BinderProcess } from "../../binder-client/binder-process.ts";
import type { OtherAccount } from "../../binder-client/other-account.ts";

/** Binders of several accounts; each is started when it is first needed, and again after it was lost. */
export interface Binders {
  /** Has a binder carry programs out: one of this process's own account unless told otherwise. Throws BinderLost. */
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

// A binder under an emulator on a loaded machine may take seconds; a connect that nobody takes, for ever.
const TIMEOUT_MS = 15_000;

export function openBinders(): Binders {
  const command = ownBinder();
  const binders = new Map<string, BinderProcess>();
  let lastSocket = 0;
  const binderOf = (role: string, startAs?: OtherAccount): BinderProcess => {
    const key = `${role} ${startAs?.name ?? ""}`;
    const found = binders.get(key) ?? startBinder(command, role, startAs);
    binders.set(key, found);
    return found;
  };
  return {
    async ask(role, startAs, programs) {
      const binder = binderOf(role, startAs);
      try {
        await binder.hello;
        return await binder.ask(programs, TIMEOUT_MS);
      } catch (error) {
        binder.end();
        binders.delete(`${role} ${startAs?.name ?? ""}`);
        throw error;
      }
    },
    hello: () => binderOf("same").hello,
    reserve(count) {
      const first = lastSocket + 1;
      lastSocket += count;
      return first;
    },
    end() {
      for (const binder of binders.values()) binder.end();
    },
  };
}
