import { spawn, type ChildProcess } from "node:child_process";
import type { BinderCommand } from "./binder-process.ts";
import { openLogonChannel } from "./logon-channel.ts";
import type { OtherAccount } from "./other-account.ts";
import { publicEnvironment, withoutPassword } from "./public-environment.ts";

/** The way to a binder, whatever it is made of. */
export interface BinderChannel {
  write(text: string): void;
  /** Ends the binder now. */
  kill(): void;
}

/** What comes back. */
export interface ChannelEvents {
  onText(chunk: string): void;
  /** Free text that helps when the binder is lost. */
  onWords(chunk: string): void;
  /** The binder has ended, after its last text: how. */
  onEnd(how: string): void;
}

/** Starts a binder, under another account where one is given. */
export function openChannel(
  command: BinderCommand,
  account: OtherAccount | undefined,
  events: ChannelEvents,
): BinderChannel {
  if (account && "password" in account) return openLogonChannel(command, account, events);
  // Its streams are not there when it cannot be started for want of file descriptors.
  const child: ChildProcess = spawn(command.file, command.arguments, {
    stdio: "pipe",
    windowsHide: true,
    env: account ? publicEnvironment() : withoutPassword(),
    ...(account && { uid: account.uid, gid: account.gid, cwd: "/" }),
  });
  child.stdout?.setEncoding("utf8").on("data", events.onText);
  child.stderr?.setEncoding("utf8").on("data", events.onWords);
  child.stdin?.on("error", () => undefined); // a dead binder's pipe; its exit says it
  child.on("error", (error) => events.onEnd(`cannot be started: ${error.message}`));
  // `close` comes after the last output, so that its last words are complete.
  child.on("close", (code, signal) =>
    events.onEnd(`ended by itself (${signal ?? `exit ${code}`})`),
  );
  return {
    write: (text) => void child.stdin?.write(text),
    kill: () => void child.kill("SIGKILL"),
  };
}
