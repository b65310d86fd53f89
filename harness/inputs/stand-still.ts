/** Waits, and lets nothing else of this process go on: for what must not be interrupted halfway. */
export function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
