// Loaded into every process of a run: the wall clock, as JavaScript sees it, jumps before each look at it. Timers and
// `performance.now` keep the time that really passes, as they do when somebody sets a system's clock.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { createRandom } from "../random.ts";

const TEN_YEARS_MS = 10 * 365 * 24 * 3600 * 1000;

const told = process.env["BINDCHECK_TEST_CLOCK"];
if (told !== undefined) jump(JSON.parse(told) as { seed: string; folder: string });

function jump({ seed, folder }: { readonly seed: string; readonly folder: string }): void {
  const random = createRandom(`${seed} ${process.pid}`);
  const RealDate = Date;
  let jumps = 0;
  const now = (): number => {
    writeFileSync(path.join(folder, `${process.pid}-${jumps++}`), "");
    return RealDate.now() + random.integer(-TEN_YEARS_MS, TEN_YEARS_MS);
  };
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, parameters) =>
      Reflect.construct(target, parameters.length === 0 ? [now()] : parameters) as Date,
    get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
  });
}
