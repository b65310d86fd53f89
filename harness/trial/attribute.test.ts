import { expect, test } from "vitest";
import type { Outcome } from "../model/observation.ts";
import type { CallName } from "../model/vocabulary.ts";
import { attribute, isConflict, mayBeAnothers } from "./attribute.ts";

const refused = (code: string, step: CallName = "bind") =>
  ({ kind: "error", step, code, errno: 1 }) as const;
const SUCCESS: Outcome = { kind: "success" };

test.each(["EADDRINUSE", "EACCES", "WSAEADDRINUSE", "WSAEACCES"])(
  "%s at bind, listen or connect speaks of a port that is held; elsewhere it does not.",
  (code) => {
    expect(isConflict(refused(code, "bind"))).toBe(true);
    expect(isConflict(refused(code, "listen"))).toBe(true);
    expect(isConflict(refused(code, "connect"))).toBe(true);
    expect(isConflict(refused(code, "socket"))).toBe(false);
    expect(isConflict(refused(code, "set-option"))).toBe(false);
  },
);

test.each([
  ["EADDRINUSE", true],
  ["WSAEADDRINUSE", true],
  ["WSAEACCES", true],
  ["EACCES", false],
])("That %s is due to another program is possible: %s.", (code, isPossible) => {
  expect(mayBeAnothers(refused(code))).toBe(isPossible);
});

test("Other outcomes do not speak of a port that is held.", () => {
  expect(isConflict(refused("EADDRNOTAVAIL"))).toBe(false);
  expect(isConflict(SUCCESS)).toBe(false);
  expect(isConflict({ kind: "broken", reason: "binder-problem", detail: "" })).toBe(false);
  expect(isConflict(undefined)).toBe(false);
});

test("A refusal that is over once the first socket is closed was the first socket's.", () => {
  const evidence = { first: { options: {}, name: "127.0.0.1:1" } };
  expect(attribute(refused("EACCES"), SUCCESS, evidence)).toEqual({
    counts: true,
    outcome: refused("EACCES"),
    evidence: { ...evidence, afterFirstClosed: "success" },
  });
});

test.each(["EADDRINUSE", "EACCES", "WSAEADDRINUSE", "WSAEACCES", "EADDRNOTAVAIL"])(
  "A refusal that stays, with %s, is somebody else's and does not count.",
  (code) => {
    expect(attribute(refused("EADDRINUSE"), refused(code), {})).toEqual({
      counts: false,
      reason: "port-held-by-another",
      why: `the second endpoint stayed refused (${code}) after the first was closed`,
    });
  },
);

test("What goes wrong otherwise in the second try is never taken for the refusal.", () => {
  const again = { kind: "broken", reason: "option-did-not-stick", detail: "reads 0" } as const;
  expect(attribute(refused("EADDRINUSE"), again, {})).toEqual({
    counts: true,
    outcome: again,
    evidence: {},
  });
});
