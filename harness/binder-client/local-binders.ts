import path from "node:path";
import type { BinderCommand } from "../binder/channel.ts";
import { openChildChannel } from "../binder/child-channel.ts";
import { findOtherAccount, type OtherAccount } from "../binder/other-account.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import type { StartBinder } from "./binder-process.ts";
import type { OpenTarget } from "./open-target.ts";

/** The binder of this package, which the build makes one file: modules of many files take longer to load. */
export const BINDER_FILE: string = path.join(PACKAGE_ROOT, "dist/binder.cjs");

/** Starts binders as children of this process; under another account where one is given. */
export function localBinders(
  command: BinderCommand = { file: process.execPath, arguments: [BINDER_FILE] },
  account?: OtherAccount,
): StartBinder {
  return (events) => openChildChannel(command, account, events);
}

/** This machine as it is, measured with children of this process. */
export function openThisMachine(command?: BinderCommand): OpenTarget {
  const account = findOtherAccount();
  return {
    isThisProcess: true,
    start: localBinders(command),
    startAsOther: localBinders(command, "problem" in account ? undefined : account),
    outside: { runtime: {} },
    // Its binders lack the password that starting one on Windows takes.
    otherAccount: account,
    problem: () => null,
    close: async () => undefined,
  };
}
