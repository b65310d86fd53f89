import { expect, test } from "vitest";
import { findEntrance } from "./namespaces.ts";
import { TargetProblem } from "./runner.ts";

test("what cannot be entered is a problem that holds what was said", async () => {
  const refused = findEntrance(["--no-such-namespace"], () => ["true"]);
  await expect(refused).rejects.toThrow(TargetProblem);
  await expect(refused).rejects.toThrow(/^this system does not allow it \(.+\)$/);
});

test("what fails inside is a problem too", async () => {
  await expect(
    findEntrance([], () => ["sh", "-c", "echo no such luck >&2; exit 1"]),
  ).rejects.toThrow(TargetProblem);
});
