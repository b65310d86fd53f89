import type { Outcome } from "../../model/observation.ts";

/**
 * Whether a bind was refused for what the binder may not do, no matter what holds the port: POSIX.1-2017, bind, EACCES; EPERM
 * is what Linux's security modules and packet filters give. Winsock's codes have another name and another meaning.
 */
export function lacksPrivilege(outcome: Outcome): boolean {
  return (
    outcome.kind === "error" &&
    outcome.step === "bind" &&
    (outcome.code === "EACCES" || outcome.code === "EPERM")
  );
}
