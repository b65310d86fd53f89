import type { StartBinder } from "./binder-process.ts";
import { relayBinders, type RelayedBinders } from "./relayed-binders.ts";

/** Binders under a target's other account, which one of the target's own binders starts. */
export interface OtherBinders {
  readonly startAsOther: StartBinder;
  end(): void;
}

/** The binder that starts them is itself started when it is first needed, and again after it was lost. */
export function otherBinders(start: StartBinder): OtherBinders {
  let relay: RelayedBinders | null = null;
  return {
    startAsOther(events) {
      if (relay === null || relay.ending() !== null) relay = relayBinders(start);
      return relay.startAsOther(events);
    },
    end: () => relay?.end(),
  };
}
