import { availableParallelism } from "node:os";

// Emulated systems that share too few processors answer so late that they are taken for silent.
const PLACES = availableParallelism();

/**
 * Does the work of all. Those on this machine take turns: as many are at work at a time as it has processors. After an
 * abort none begins.
 */
export async function inTurns<Each extends { readonly isElsewhere?: true | undefined }>(
  all: readonly Each[],
  work: (each: Each) => Promise<void>,
  signal: AbortSignal,
  places = PLACES,
): Promise<void> {
  const waiting = all.filter(({ isElsewhere }) => !isElsewhere).values();
  const place = async (): Promise<void> => {
    for (const each of waiting) {
      if (signal.aborted) return;
      await work(each);
    }
  };
  await Promise.all([
    ...all.filter(({ isElsewhere }) => isElsewhere).map(work),
    ...Array.from({ length: places }, place),
  ]);
}
