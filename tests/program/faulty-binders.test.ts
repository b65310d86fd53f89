import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { Claim } from "../../harness/model/claim.ts";
import { makeFolder, withoutChance } from "./bindcheck.ts";
import { claimsOf, measureWith, type Measured } from "./measuring.ts";

function faulty(name: string): string {
  return fileURLToPath(new URL(`../faulty-binders/${name}.mjs`, import.meta.url));
}

describe.skipIf(process.platform !== "linux")(
  "On Linux, a binder with a vice costs what it was busy with and nothing else:",
  () => {
    let claims: readonly Claim[] = [];
    let cleanRun: Measured;
    let clean: ReadonlyMap<string, object>;
    beforeAll(async () => {
      claims = await claimsOf("socket-7");
      cleanRun = await measureWith(claims);
      clean = byId(cleanRun);
    });

    test("without a vice every claim of socket(7) is measured and none is contradicted.", async () => {
      expect(clean.size).toBe(234);
      expect(wordsOf(cleanRun)).toEqual(["held"]);
    });

    test.each([
      "dies",
      "hangs",
      "babbles",
      "answers-twice",
      "answers-another",
      "wrong-result-count",
      "floods-stderr",
      "answers-out-of-order",
      "answers-in-pieces",
    ])("one that %s once changes no observation.", async (vice) => {
      const once = path.join(await makeFolder(), "once");
      const options = vice === "hangs" ? { timeoutMs: 5000 } : {};
      const measured = await measureWith(claims, [faulty(vice), "once", once], options);
      expect(byId(measured)).toEqual(clean);
      expect(wordsOf(measured)).toEqual(["held"]);
    });

    test.each([
      [
        "dies",
        "binder-died",
        /^the (first|second) binder ended by itself \(exit 7\); it last said: my disk is full$/,
      ],
      ["hangs", "binder-hung", /^the (first|second) binder did not answer within \d{3,4} ms$/],
      ["forgets-a-step", "binder-babbled", /^(no result|results are missing)$/],
      ["fails-without-code", "error-without-code", /^[a-z-]+ failed and the system gave no error$/],
      ["runs-out", "out-of-resources", /^socket failed with EMFILE$/],
      ["ignores-options", "option-did-not-stick", /^SO_REUSEPORT reads 0, asked for 1$/],
      ["binds-elsewhere", "address-did-not-stick", /^the socket's name is .*:9, asked for .*$/],
    ] as const)(
      "one that %s at certain experiments leaves exactly these broken.",
      async (vice, reason, detail) => {
        const some = claims.filter(({ experiment }) => SOME.test(experiment.id));
        // On a busy machine the others may need longer for what they do.
        const options = vice === "hangs" ? { timeoutMs: 1000 } : {};
        const measured = await measureWith(some, [faulty(vice), "always"], options);
        expect(measured.observations).toHaveLength(8);
        const isSpoilt = (id: string): boolean => /^udp.*SO_REUSEPORT/.test(id);
        const spoilt = measured.observations.filter(({ experiment }) => isSpoilt(experiment.id));
        expect(spoilt).toHaveLength(3);
        for (const { outcome } of spoilt)
          expect(outcome).toEqual({
            kind: "broken",
            reason,
            detail: expect.stringMatching(detail),
          });
        const others = [...byId(measured)].filter(([id]) => !isSpoilt(id));
        expect(others).toHaveLength(5);
        for (const [id, observation] of others) expect(observation).toEqual(clean.get(id));
        expect(wordsOf(measured)).toEqual(["broken", "held"]);
      },
    );

    test.each(["babbles", "wrong-result-count", "gives-what-was-not-asked"])(
      "one that %s again and again is believed no longer.",
      async (vice) => {
        const some = claims.filter(({ experiment }) => SOME.test(experiment.id));
        await expect(measureWith(some, [faulty(vice), "always"])).rejects.toThrow(
          /^its binders answered wrongly 3 times; the (first|second) binder (said|answered what)/,
        );
      },
    );

    test("one that dies with its sockets between the steps of scenarios leaves these broken.", async () => {
      const sequences = await claimsOf("three-sockets");
      const measured = await measureWith(sequences, [faulty("dies-after-answering"), "always"]);
      const spoilt = measured.observations.filter(({ experiment }) =>
        experiment.id.startsWith("udp"),
      );
      expect(spoilt).toHaveLength(6);
      for (const { outcome } of spoilt)
        expect(outcome).toMatchObject({ kind: "broken", reason: "binder-died" });
      expect(wordsOf(measured)).toEqual(["broken", "held"]);
    });

    test("one that does not start once, while many scenarios wait for it, changes no observation.", async () => {
      const scenarios = await claimsOf("bind-wildcard-sequences");
      const mark = path.join(await makeFolder(), "mark");
      const binder = [faulty("fails-to-start-once"), "never", mark];
      const measured = await measureWith(scenarios, binder);
      expect(byId(measured)).toEqual(byId(await measureWith(scenarios)));
      expect(measured.observations.length).toBeGreaterThan(32);
      expect(existsSync(`${mark}.3`)).toBe(true);
    });

    test("one to which other programs' ports are refused while its controls are measured changes no observation.", async () => {
      const mark = path.join(await makeFolder(), "mark");
      const measured = await measureWith(claims, [faulty("refuses-once"), mark]);
      expect(existsSync(mark)).toBe(true);
      expect(byId(measured)).toEqual(clean);
    });

    test("one of another version is not measured with.", async () => {
      await expect(measureWith(claims, [faulty("lies-about-version"), "hello"])).rejects.toThrow(
        /^no binder can be started: the (first|second) binder speaks protocol 99, not 2$/,
      );
    });

    test("one that never starts is reported with its last words.", async () => {
      const marks = path.join(await makeFolder(), "mark");
      await expect(measureWith(claims, [faulty("never-starts"), "", marks, "0"])).rejects.toThrow(
        /^no binder can be started: the (first|second) binder ended by itself \(exit 1\); it last said: cannot load the socket library$/,
      );
    });

    test("one that stops starting in the middle ends the target in good order.", async () => {
      const marks = path.join(await makeFolder(), "mark");
      const binder = [faulty("never-starts"), "", marks, "8"];
      await expect(measureWith(claims, binder, { isolate: true, jobs: 4 })).rejects.toThrow(
        /^no binder can be started: the (first|second) binder ended by itself \(exit 1\)/,
      );
    });

    test("a program that is not there is reported.", async () => {
      await expect(measureWith(claims, ["/nowhere/binder.mjs"])).rejects.toThrow(
        /^no binder can be started: the (first|second) binder ended by itself \(exit 1\)/,
      );
    });
  },
);

/** Two sets of options on overlapping addresses, so that some are refused and some are not. */
const SOME = /ipv4 (none|SO_REUSEPORT)@wildcard > (none|SO_REUSEPORT)@wildcard$/;

function byId({ observations }: Measured): Map<string, object> {
  return new Map(observations.map((line) => [line.experiment.id, withoutChance(line)]));
}

function wordsOf({ judged }: Measured): string[] {
  return [...new Set(judged.map(({ verdict }) => verdict.word))].toSorted();
}
