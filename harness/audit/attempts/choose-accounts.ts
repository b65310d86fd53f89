import type { Account } from "../listener.ts";
import { findOtherAccount, type OtherAccount } from "../../binder/other-account.ts";
import { findUser } from "../find-user.ts";

/** Who can be the second binder, seen from the server: a process of its own account, and one of another. */
export interface Accounts {
  readonly same: Part;
  readonly other: Part;
}

/** An account that binders can be started as, or why there is none. */
export type Part =
  | { readonly name: string; readonly startAs: OtherAccount | undefined }
  | { readonly problem: string };

/** `own` is the account of this process, which counts as another one beside another user's server. */
export function chooseAccounts(
  own: Account | null,
  server: Account | null,
  port: number,
): Accounts {
  const unknown = { problem: "the system does not tell whose socket it is" };
  if (own === null) return { same: unknown, other: unknown };
  const myself: Part = { name: own.name, startAs: undefined };
  // What gets in is another process in any case.
  if (server === null) return { same: unknown, other: myself };
  const found = findOtherAccount();
  const other: Part = "problem" in found ? found : { name: found.name, startAs: found };
  if (own.id === server.id) return { same: myself, other };
  const same = asServer(server);
  // The account that is meant to be the other may be the server's own.
  const isServers = "startAs" in other && other.name === server.name;
  const isUnfit = "problem" in same || isServers || port < FIRST_UNPRIVILEGED;
  return { same, other: isUnfit ? myself : other };
}

// netinet/in.h, IPPORT_RESERVED: below it a server's account may lack the privilege that the server had; root does not.
const FIRST_UNPRIVILEGED = 1024;

function asServer({ id, name }: Account): Part {
  if (process.platform === "win32" || process.geteuid?.() !== 0)
    return { problem: `only the administrator can start programs as ${name}: run with sudo` };
  const uid = Number(id);
  return { name, startAs: { name, uid, gid: findUser(uid)?.gid ?? uid } };
}
