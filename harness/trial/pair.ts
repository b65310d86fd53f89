import type { Hello } from "../binder/protocol.ts";
import type { OtherAccount } from "../binder-client/other-account.ts";
import {
  startBinder,
  type BinderCommand,
  type BinderProcess,
} from "../binder-client/binder-process.ts";

/** The processes of one experiment at a time or, when experiments are independent, of many. */
export interface Pair {
  readonly first: BinderProcess;
  readonly second: BinderProcess;
  /** A third process, for scenarios; started when it is first needed. */
  peer(): BinderProcess;
  /** The second under another account; started when it is first needed. */
  other(account: OtherAccount): BinderProcess;
  /** Both are up; what the first says of the system. */
  readonly hello: Promise<Hello>;
  /** A name for a socket that neither binder has used. */
  nextSocket(): number;
  end(): void;
}

/** Starts both binders at once. */
export function startPair(command: BinderCommand): Pair {
  const first = startBinder(command, "first");
  const second = startBinder(command, "second");
  let other: BinderProcess | null = null;
  let peer: BinderProcess | null = null;
  let lastSocket = 0;
  const hello = Promise.all([first.hello, second.hello]).then(([said]) => said);
  hello.catch(() => undefined); // seen by whoever awaits it
  return {
    first,
    second,
    peer: () => (peer ??= startBinder(command, "peer")),
    other: (account) => (other ??= startBinder(command, "other account's second", account)),
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
