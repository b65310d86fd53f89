import { availableParallelism } from "node:os";

// As a pair of binders, a target keeps two processors busy. Emulated systems that share too few of them take longer in all
// than one after the other, and answer so late that they are taken for silent.
const PLACES = Math.max(1, Math.floor(availableParallelism() / 2));

/**
 * Does the work of all. Those on this machine take turns: one is at work at a time for every two processors. After an
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
