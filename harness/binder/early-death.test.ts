import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { earlyDeath } from "./early-death.ts";

test("A process that ends before it has come back is noticed, with its exit code.", async () => {
  const child = spawn(process.execPath, ["-e", "process.exit(7)"], { stdio: "ignore" });
  const dying = earlyDeath({ exitCode: () => child.exitCode }, () => false);
  await expect(dying).rejects.toThrow(/^it ended at once with exit code 7; the account must /);
});

test("One that ends after it has come back is none of its matter.", async () => {
  const child = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
  let asked = 0;
  const exitCode = (): number | null => {
    asked += 1;
    return child.exitCode;
  };
  const dying = earlyDeath({ exitCode }, () => true);
  await once(child, "exit");
  const later = new Promise((resolve) => setTimeout(resolve, 300, "nothing"));
  expect(await Promise.race([dying, later])).toBe("nothing");
  expect(asked).toBe(0);
});
