import type { UserProcess } from "./logon-process.ts";

const ASK_EVERY_MS = 100;

/**
 * Rejects when a process ends before it has come back, with its exit code and what usually is the reason; stays open, and
 * asks no more, once `isOver`.
 */
export function earlyDeath(
  child: Pick<UserProcess, "exitCode">,
  isOver: () => boolean,
): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setInterval(() => {
      const code = isOver() ? null : child.exitCode();
      if (isOver() || code !== null) clearInterval(timer);
      if (code !== null) reject(new Error(deathText(code)));
    }, ASK_EVERY_MS);
    timer.unref();
  });
}

function deathText(code: number): string {
  return `it ended at once with exit code ${code}; the account must be able to read this package and to run Node`;
}
