import { expect, test } from "vitest";
import { startProblem } from "./open-target.ts";

const error = new Error("the first binder ended by itself (exit 1)");

test("A target that ends a moment after its binder is why no binder can be started.", async () => {
  let asked = 0;
  const problem = (): string | null => (++asked > 5 ? "Wine ended (exit code 1)" : null);
  expect(await startProblem({ problem }, error, () => false)).toBe("Wine ended (exit code 1)");
});

test("A binder that ends on a target that goes on is reported itself.", async () => {
  expect(await startProblem({ problem: () => null }, error, () => false)).toBe(
    "no binder can be started: the first binder ended by itself (exit 1)",
  );
});

test("After an interrupt the target's end is not waited for.", async () => {
  let asked = 0;
  const problem = (): null => {
    asked += 1;
    return null;
  };
  await startProblem({ problem }, error, () => true);
  expect(asked).toBeLessThan(3);
});
