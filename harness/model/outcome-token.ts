import type { Outcome } from "./observation.ts";

/**
 * An outcome as people write it in a file of known deviations: `success`, `WSAEACCES` or `10013` for a refusal at bind,
 * `listen EADDRINUSE` for one at another call, `to SOCKET+SOCKET` for a census. Several texts may mean the same; the
 * first is the one to write.
 */
export function outcomeTokens(outcome: Outcome): string[] {
  switch (outcome.kind) {
    case "success":
      return ["success"];
    case "error": {
      const at = outcome.step === "bind" ? "" : `${outcome.step} `;
      return [`${at}${outcome.code}`, `${at}${outcome.errno}`];
    }
    case "value":
      return [`value ${outcome.value} size ${outcome.size}`];
    case "delivered": {
      const receivers = Object.entries(outcome.shares).filter(([, count]) => count > 0);
      return [`to ${receivers.map(([socket]) => socket).join("+") || "nobody"}`];
    }
    case "skipped":
    case "broken":
    case "unstable":
      return [];
  }
}
