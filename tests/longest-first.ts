import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take 10 s and more on two idle processors, the longest first: one that began last would keep one worker
 * busy while the others have nothing left to do. A file that is missing here costs time only.
 */
const LONGEST: readonly string[] = [
  "workflows/recipes",
  "faults/faults",
  "reproduce/wine",
  "program/resume",
  "program/faulty-binders",
  "program/explore",
  "reproduce/linux",
  "workflows/run-lines",
  "program/package",
  "targets/versions",
  "program/faults",
  "targets/uml",
  "targets/gvisor",
  "targets/wine",
  "audit/wine",
  "targets/ssh",
  "program/outputs",
  "audit/servers",
  "targets/ssh-slow",
  "program/merge",
  "report-page/readable",
];

/** Begins with the files that take longest, whatever an earlier run left in a cache. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- not that of an array: it returns a new one
    const others = await super.sort(files);
    return others.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(`tests/${name}.test.ts`));
  return place < 0 ? LONGEST.length : place;
}
