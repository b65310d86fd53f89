// A Windows Node under an emulator on a loaded machine needs many seconds to come up.
const MOST_MS = 60_000;
const LEAST_MS = 10_000;
// The load of a machine changes while a run goes on.
const TIMES_THE_SLOWEST = 20;

/**
 * How long a binder may take to start, in milliseconds, where the slowest of those before it took `slowestMs`; null where
 * it is the first. A target that hangs is noticed by it.
 */
export function startLimitMs(slowestMs: number | null): number {
  if (slowestMs === null) return MOST_MS;
  return Math.min(MOST_MS, Math.max(LEAST_MS, TIMES_THE_SLOWEST * slowestMs));
}

const LEAST_OF_CONTROL_MS = 2000;

/**
 * The deadline of controls, in milliseconds: a plain call on loopback takes no part of what an experiment may take, and
 * where loopback carries nothing each control waits for its own.
 */
export function controlTimeoutMs(timeoutMs: number): number {
  return Math.min(timeoutMs, Math.max(LEAST_OF_CONTROL_MS, (timeoutMs * 2) / 5));
}

// A binder that starts within this time is on no slow machine, and `--timeout` is meant for such.
const USUAL_START_MS = 500;

/**
 * How long an answer may take, in milliseconds: `timeoutMs`, and longer in proportion where a binder took long to start,
 * since an emulated system on a loaded machine is slow and not silent.
 */
export function answerLimitMs(timeoutMs: number, slowestMs: number | null): number {
  const slowness = Math.max(1, (slowestMs ?? 0) / USUAL_START_MS);
  return Math.max(timeoutMs, Math.min(MOST_MS, Math.round(timeoutMs * slowness)));
}
