// Hangs after three observations, with a child that outlives it unless it is ended too.
import { spawn } from "node:child_process";
import { begin, observation, put } from "./stream.mjs";

const child = spawn(
  process.execPath,
  ["-e", "setInterval(() => {}, 1000)", "--", ...process.argv.slice(2)],
  { stdio: "ignore" },
);
await begin({ pid: `${process.pid}`, child: `${child.pid}` });
put(observation("last"));
setInterval(() => {}, 1000);
