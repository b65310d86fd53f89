import { spawn, type ChildProcess } from "node:child_process";
import type { BinderChannel, BinderCommand, ChannelEncoding, ChannelEvents } from "./channel.ts";
import { openLogonChannel } from "./logon-channel.ts";
import type { OtherAccount } from "./other-account.ts";
import { parentDeathWords } from "./parent-death.ts";
import { binderEnvironment, publicEnvironment, withoutPassword } from "./public-environment.ts";

/** Starts a binder as a child of this process, under another account where one is given. */
export function openChildChannel(
  command: BinderCommand,
  account: OtherAccount | undefined,
  events: ChannelEvents,
  encoding: ChannelEncoding = "utf8",
): BinderChannel {
  if (account && "password" in account) return openLogonChannel(command, account, events, encoding);
  const [file = "", ...rest] = [...ENDING_WITH_HARNESS, command.file, ...command.arguments];
  // Its streams are not there when it cannot be started for want of file descriptors.
  const child: ChildProcess = spawn(file, rest, {
    stdio: "pipe",
    windowsHide: true,
    env: environmentFor(command, account),
    ...(account && { uid: account.uid, gid: account.gid, cwd: "/" }),
  });
  child.stdout?.setEncoding(encoding).on("data", events.onText);
  child.stderr?.setEncoding("utf8").on("data", events.onWords);
  child.stdin?.on("error", () => undefined); // a dead binder's pipe; its exit says it
  child.on("error", (error) => events.onEnd(`cannot be started: ${error.message}`));
  // `close` comes after the last output, so that its last words are complete.
  child.on("close", (code, signal) =>
    events.onEnd(`ended by itself (${signal ?? `exit ${code}`})`),
  );
  return {
    write: (text) => void child.stdin?.write(text, encoding),
    kill: () => void child.kill("SIGKILL"),
  };
}

function environmentFor(
  { isUsers }: BinderCommand,
  account: OtherAccount | undefined,
): NodeJS.ProcessEnv {
  if (account) return publicEnvironment();
  return isUsers ? withoutPassword() : binderEnvironment();
}

// Of util-linux.
const ENDING_WITH_HARNESS = parentDeathWords("/usr/bin/setpriv");
