import { expect, test } from "vitest";
import { createTimeline } from "./timeline.ts";

/** A timeline with a clock that stands still until it is moved. */
function timelineAt() {
  let at = 1000;
  const timeline = createTimeline(() => at);
  return { timeline, pass: (ms: number) => void (at += ms) };
}

test("Phases follow each other, and time in which nothing is done with the target is none of them.", () => {
  const { timeline, pass } = timelineAt();
  pass(7);
  expect(timeline.timings()).toBe(null);
  timeline.enter("prepare");
  pass(20);
  timeline.enter("start");
  pass(30);
  timeline.enter("controls");
  pass(4.4);
  timeline.enter(null);
  pass(500);
  timeline.enter("experiments");
  pass(60);
  timeline.enter("end");
  pass(5);
  timeline.enter(null);
  pass(100);
  expect(timeline.timings()).toEqual({
    phases: { prepare: 20, start: 30, controls: 4, experiments: 60, end: 5 },
    work: { pairs: 0, scenarios: 0, options: 0, waits: 0, report: 0 },
  });
});

test("A kind counts while at least one batch of it is under way, beside others, and controls do not count as it.", () => {
  const { timeline, pass } = timelineAt();
  timeline.enter("controls");
  const control = timeline.begin(["pairs"]);
  pass(10);
  control();
  timeline.enter("experiments");
  const first = timeline.begin(["pairs"]);
  pass(10);
  const second = timeline.begin(["pairs"]);
  const options = timeline.begin(["options"]);
  pass(10);
  first();
  pass(10);
  second();
  pass(10);
  options();
  pass(10);
  expect(timeline.timings()?.phases).toMatchObject({ controls: 10, experiments: 50 });
  expect(timeline.timings()?.work).toMatchObject({ pairs: 30, scenarios: 0, options: 30 });
});

/** A promise that is settled from outside. */
function pending<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
}

test("Waits are the time in which all that is under way are scenarios that wait, also where a wait fails.", async () => {
  const { timeline, pass } = timelineAt();
  timeline.enter("experiments");
  timeline.begin(["scenarios"]);
  const lost = pending<number>();
  const other = pending<string>();
  const waits = timeline.waiting(lost.promise);
  pass(10);
  const end = timeline.begin(["scenarios"]);
  pass(10); // the second one is at work
  const otherWaits = timeline.waiting(other.promise);
  pass(10);
  timeline.report(() => pass(1));
  other.resolve("came");
  expect(await otherWaits).toBe("came");
  end();
  pass(10);
  lost.reject(new Error("the binder is lost"));
  await expect(waits).rejects.toThrow("the binder is lost");
  pass(10); // nothing waits any more
  expect(timeline.timings()?.work).toEqual({
    pairs: 0,
    scenarios: 51,
    options: 0,
    waits: 30,
    report: 1,
  });
});
