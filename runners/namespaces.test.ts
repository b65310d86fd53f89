import { execFileSync } from "node:child_process";
import { closeSync, openSync, readdirSync, readlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeNamespaces } from "./namespaces.ts";
import { netnsRunner } from "./netns.ts";
import { TargetProblem } from "./runner.ts";

test("What cannot be made is a problem that holds what was said.", async () => {
  const refused = makeNamespaces({ flags: ["--no-such-namespace"], setUp: () => "" });
  await expect(refused).rejects.toThrow(TargetProblem);
  await expect(refused).rejects.toThrow(/^this system does not allow it \(.+\)$/);
});

const { here } = await netnsRunner().availability();

describe.skipIf(!here)("Where the system allows namespaces", () => {
  test("what fails inside is a problem with its last words.", async () => {
    const setUp = (): string => "echo no such luck >&2; exit 1";
    await expect(makeNamespaces({ flags: [], setUp })).rejects.toThrow(/no such luck/);
  });

  test("they can be entered until they are ended; then every process in them has ended.", async () => {
    const namespaces = await makeNamespaces({ flags: ["--net"], setUp: () => "sleep 1000 &" });
    const [file = "", ...enter] = namespaces.enter;
    const inside = execFileSync(file, [...enter, "readlink", "/proc/self/ns/net"], {
      encoding: "utf8",
    }).trim();
    expect(inside).not.toBe(readlinkSync("/proc/self/ns/net"));
    const [user] = users(inside);
    expect(users(inside).length).toBeGreaterThan(1);
    // Its number would be given to the next one at once.
    const held = openSync(`/proc/${user}/ns/net`, "r");
    await namespaces.end();
    expect(namespaces.ending()).toMatch(/^killed by SIGKILL/);
    await expect.poll(() => users(inside), { timeout: 30_000 }).toEqual([]);
    closeSync(held);
  });
});

/** The processes in a network namespace. */
function users(namespace: string): string[] {
  return readdirSync("/proc").filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/ns/net`) === namespace;
    } catch {
      return false; // it has ended
    }
  });
}
