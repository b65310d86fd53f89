import { expect, test } from "vitest";
import { trafficSteps } from "./traffic-steps.ts";
import type { Workbench } from "./workbench.ts";

/** A socket on which something comes once `arrive` is called. */
function quietSocket() {
  let isThere = false;
  const sockets = {
    isReadable: () => isThere,
    recv: () => 3,
    accept: () => 10,
    invalidSocket: -1,
  };
  const bench = { open: new Map([[1, 9]]), steered: new Map(), sockets } as unknown as Workbench;
  return { bench, arrive: () => (isThere = true) };
}

test("What waits for data or a connection gives way to what brings it.", async () => {
  const { bench, arrive } = quietSocket();
  const received = trafficSteps.receive({ do: "receive", socket: 1, waitMs: 60_000 }, bench);
  const accepted = trafficSteps.accept({ do: "accept", socket: 1, as: 2, waitMs: 60_000 }, bench);
  arrive();
  expect(await received).toEqual({ value: 3 });
  expect(await accepted).toEqual({});
  expect(bench.open.get(2)).toBe(10);
});

test("What gets nothing in its time says so.", async () => {
  const { bench } = quietSocket();
  const step = { socket: 1, waitMs: 2 } as const;
  expect(await trafficSteps.receive({ do: "receive", ...step }, bench)).toEqual({ pending: true });
  expect(await trafficSteps.accept({ do: "accept", as: 2, ...step }, bench)).toEqual({
    pending: true,
  });
});
