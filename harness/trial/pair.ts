import type { Hello } from "../binder/protocol.ts";
import { startBinder, type BinderProcess } from "../binder-client/binder-process.ts";
import type { BinderStarts } from "../binder-client/open-target.ts";

/** The processes of one experiment at a time or, when experiments are independent, of many. */
export interface Pair {
  readonly first: BinderProcess;
  readonly second: BinderProcess;
  /** A third process, for scenarios; started when it is first needed. */
  peer(): BinderProcess;
  /** The second under another account; started when it is first needed. */
  other(): BinderProcess;
  /** Both are up; what the first says of the system. */
  readonly hello: Promise<Hello>;
  /** A name for a socket that neither binder has used. */
  nextSocket(): number;
  end(): void;
}

/** Starts both binders at once. */
export function startPair({ start, startAsOther }: BinderStarts): Pair {
  const first = startBinder(start, "first");
  const second = startBinder(start, "second");
  let other: BinderProcess | null = null;
  let peer: BinderProcess | null = null;
  let lastSocket = 0;
  const hello = Promise.all([first.hello, second.hello]).then(([said]) => said);
  hello.catch(() => undefined); // the caller that awaits it sees it
  return {
    first,
    second,
    peer: () => (peer ??= startBinder(start, "peer")),
    other: () => (other ??= startBinder(startAsOther, "other account's second")),
    hello,
    nextSocket: () => ++lastSocket,
    end() {
      first.end();
      second.end();
      other?.end();
      peer?.end();
    },
  };
}
