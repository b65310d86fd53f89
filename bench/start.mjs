import { fileURLToPath } from "node:url";
import { inTurn, timeNode } from "./in-turn.mjs";

const BINDCHECK = fileURLToPath(new URL("../dist/bindcheck.cjs", import.meta.url));
const LEAST_RUN = fileURLToPath(new URL("least-run.cjs", import.meta.url));
const ROUNDS = 15;

/** Short programs against an empty Node. */
export async function measureStart({ print, ratioText, out }) {
  const table = ["run", "--document", "socket-7/bound"];
  const programs = new Map([
    ["156 experiments, all default reports", [BINDCHECK, ...table, "--out", out]],
    [
      "156 experiments, results alone",
      [BINDCHECK, ...table, "--reporter", `ndjson=${out}/results.ndjson`],
    ],
    ["the floor of both: two Nodes that load koffi and answer once", [LEAST_RUN]],
    ["`bindcheck --version`", [BINDCHECK, "--version"]],
    ["`bindcheck list`, all claims", [BINDCHECK, "list"]],
  ]);
  print("");
  print("## Start");
  print("");
  print("| what | takes | `node -e 0` takes | ratio |");
  print("| --- | --- | --- | --- |");
  for (const [what, given] of programs) {
    const { base, own, ratio } = await inTurn(
      ROUNDS,
      () => timeNode("-e", "0"),
      () => timeNode(...given),
    );
    print(
      `| ${what} | ${own.toFixed(0)} ms | ${base.toFixed(0)} ms | ${ratioText(`${what} against \`node -e 0\``, ratio)} |`,
    );
  }
}
