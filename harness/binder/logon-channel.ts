import type { BinderChannel, BinderCommand, ChannelEncoding, ChannelEvents } from "./channel.ts";
import { earlyDeath } from "./early-death.ts";
import { startAsUser, type UserProcess } from "./logon-process.ts";
import type { WindowsAccount } from "./other-account.ts";
import { openTokenServer } from "./token-server.ts";

/** How a binder learns where to come back to; never part of a command line. */
const CHANNEL_VARIABLE = "BINDCHECK_CHANNEL";

/**
 * A binder under another Windows account. CreateProcessWithLogonW hands no pipes over, so the binder comes back over
 * loopback TCP with a token that was made for it alone.
 */
export function openLogonChannel(
  command: BinderCommand,
  account: WindowsAccount,
  events: ChannelEvents,
  encoding: ChannelEncoding,
): BinderChannel {
  const server = openTokenServer();
  const unsent: string[] = [];
  let write = (text: string): void => void unsent.push(text);
  let child: UserProcess | null = null;
  let isKilled = false;
  let isIn = false;
  const isOver = (): boolean => isKilled || isIn;

  const start = async (): Promise<void> => {
    const key = await server.key;
    child = await startAsUser(command, account, { [CHANNEL_VARIABLE]: key });
    if (isKilled) child.kill();
    const socket = await Promise.race([server.guest, earlyDeath(child, isOver)]);
    isIn = true;
    socket.setEncoding(encoding).on("data", events.onText);
    socket.on("close", () => events.onEnd("ended by itself"));
    write = (text) => void socket.write(text, encoding);
    unsent.splice(0).forEach(write);
    socket.resume();
  };
  start().catch((error: Error) => {
    server.close();
    child?.kill();
    events.onEnd(`cannot be started: ${error.message}`);
  });
  return {
    write: (text) => write(text),
    kill() {
      isKilled = true;
      server.close();
      child?.kill();
    },
  };
}
