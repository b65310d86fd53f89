import { expect, test } from "vitest";
import { sampleTargetLine } from "../../tests/samples/recorded-run.ts";
import { createTwinFinder } from "./find-twins.ts";

test("Two versions that turn out to be one are said once, and other targets are not.", () => {
  const findTwin = createTwinFinder();
  const line = (target: string, version = "6.1.176") => ({
    ...sampleTargetLine(target),
    platform: { name: "linux", implements: "linux", version },
  });
  expect(findTwin(line("uml"))).toBeNull();
  expect(findTwin(line("uml@6.12", "6.12.113"))).toBeNull();
  expect(findTwin(line("uml@/here/linux.uml"))).toBe(
    "uml and uml@/here/linux.uml are the same system (linux 6.1.176): one of them is enough",
  );
  expect(findTwin(line("netns"))).toBeNull();
  expect(findTwin(line("local"))).toBeNull();
});
