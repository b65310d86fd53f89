import path from "node:path";
import type { Fault } from "../fault.ts";

const WAY = path.resolve("tests/faulty-binders/spoils-its-way.mjs");
const VICES = [
  "repeats",
  "answers another",
  "answers unasked",
  "gives less",
  "gives more",
  "drips",
  "babbles",
  "is endless",
] as const;

/** A host that binders are started on does not answer what it was asked, in one way for each run. */
export const hostVices: Fault = {
  name: "host-lies",
  what: `a host says what it was not asked: it ${VICES.join(", ")}`,
  runs: VICES.length,
  on: `exec:exec node ${path.resolve("dist/binder.cjs")}`,
  files: ["cases/linux/socket-7.yaml", "cases/linux/three-sockets.yaml"],
  mayEnd: ["3"],
  async carryOut({ round, start, count }) {
    const vice = VICES[round % VICES.length];
    start({ on: `exec:exec node ${WAY} '${vice}'`, arguments: ["--timeout", "400"] });
    count();
  },
};
