import { writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import type { Program } from "../../harness/binder/protocol.ts";
import { startBinder } from "../../harness/binder-client/binder-process.ts";
import { BINDER_FILE } from "../../harness/binder-client/local-binders.ts";
import { MOST_OF_A_VALUE, valueText } from "../../harness/trial/option-value.ts";
import { fifoBinders } from "../../runners/fifo-binders.ts";
import { findMissingProgram } from "../../runners/find-program.ts";
import type { Availability } from "../../runners/runner.ts";
import { openWine } from "../../runners/wine-place.ts";
import { wineRunner } from "../../runners/wine.ts";
import { makeFolder } from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";
import { agrees, everyAsked, parseReadings, readerProgram } from "./option-reader.ts";

const COMPILER = "x86_64-w64-mingw32-gcc";
const ASKED = everyAsked("windows");

async function availability(): Promise<Availability> {
  const lack = await findMissingProgram({ [COMPILER]: "gcc-mingw-w64-x86-64" });
  return lack ? { here: false, ...lack } : wineRunner().availability();
}

// The first run on a machine downloads Node for Windows and makes a Wine prefix.
const RUN_MS = 300_000;

describeTarget("mingw", await availability(), () => {
  test(
    "Every option reads on a new socket as an independent program reads it.",
    async () => {
      const folder = await makeFolder();
      const program = path.join(folder, "read.exe");
      writeFileSync(path.join(folder, "read.c"), readerProgram(ASKED));
      await execa(COMPILER, ["-o", program, path.join(folder, "read.c"), "-lws2_32"]);
      const { signal } = new AbortController();
      const place = await openWine({ signal, say: () => undefined });
      const { wine, node, environment, pathThere } = place;
      const words = [...node, pathThere(BINDER_FILE)];
      const start = fifoBinders({ words, environment, folder: place.folder, pathThere });
      const binder = startBinder(start, "first");
      try {
        await binder.hello;
        const socket = 1;
        const asked = ASKED.map(({ protocol, family, at }): Program => [
          { do: "socket", socket, family, protocol },
          { do: "get-option", socket, ...at, size: MOST_OF_A_VALUE },
          { do: "close", socket },
        ]);
        const answers = await binder.ask(asked, RUN_MS);
        const [file, ...before] = [...wine, pathThere(program)];
        const { stdout } = await execa(file, before, { env: environment, stderr: "ignore" });
        const read = parseReadings(stdout);
        expect([...read.keys()]).toEqual(ASKED.map(({ id }) => id));
        const differences = ASKED.flatMap(({ id, option }, index) => {
          const { errno, bytes = "", length } = answers[index]?.[1] ?? {};
          const seen =
            errno === undefined
              ? `${valueText(option, bytes, "windows")} in ${length}`
              : `errno ${errno}`;
          return agrees(seen, read.get(id) ?? "") ? [] : [[id, seen, read.get(id)]];
        });
        expect(differences).toEqual([]);
        const readable = ASKED.filter(({ id }) => !read.get(id)?.startsWith("errno"));
        expect(new Set(readable.map(({ option }) => option.name)).size).toBeGreaterThanOrEqual(40);
        const kindOfSocket = ASKED.findIndex(({ id }) => id === "tcp/ipv4 option SO_TYPE");
        expect(answers[kindOfSocket]?.[1]).toMatchObject({ bytes: "01000000" });
      } finally {
        binder.end();
        await place.close();
      }
    },
    RUN_MS,
  );
});
