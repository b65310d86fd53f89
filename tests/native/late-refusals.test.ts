import { execa } from "execa";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startBinder, type BinderProcess } from "../../harness/binder-client/binder-process.ts";
import { BINDER_FILE, localBinders } from "../../harness/binder-client/local-binders.ts";
import { describeTarget } from "../require-target.ts";

const STAND_IN = [
  "--map-root-user",
  "--net",
  "python3",
  fileURLToPath(new URL("refuses-late.py", import.meta.url)),
];
// The deadline of one exchange, and how many scenarios share a binder.
const DEADLINE_MS = 5000;
const SCENARIOS = 32;

const { exitCode, stderr } = await execa("unshare", [...STAND_IN, "true"], { reject: false });

describeTarget(
  "netns",
  exitCode === 0
    ? { here: true, what: "a slow network" }
    : { here: false, why: stderr || "no namespaces", mend: "apt-get install iproute2 python3" },
  () => {
    let binder: BinderProcess;
    beforeAll(async () => {
      const command = { file: "unshare", arguments: [...STAND_IN, process.execPath, BINDER_FILE] };
      binder = startBinder(localBinders(command), "first");
      await binder.hello;
    });
    afterAll(() => binder.end());

    test("Refusals that take two seconds each, as on Windows, hold up neither each other nor anything else.", async () => {
      const order: string[] = [];
      const ask = async (name: string, programs: Parameters<BinderProcess["ask"]>[0]) => {
        const [results] = await binder.ask(programs, DEADLINE_MS);
        order.push(name);
        return results?.at(-1);
      };
      const refused = Array.from({ length: SCENARIOS }, (_, index) => {
        const socket = index + 1;
        return ask("refused", [
          [
            { do: "socket", socket, family: "ipv4", protocol: "tcp" },
            { do: "connect", socket, family: "ipv4", address: "10.9.9.2", port: 20_000 + index },
          ],
        ]);
      });
      const other = ask("other", [
        [{ do: "socket", socket: SCENARIOS + 1, family: "ipv4", protocol: "udp" }],
      ]);
      expect(await other).toEqual({});
      for (const result of await Promise.all(refused))
        expect(result).toEqual({ errno: 111, code: "ECONNREFUSED" });
      expect(order[0]).toBe("other");
    });
  },
);
