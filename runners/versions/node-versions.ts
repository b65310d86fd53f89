import { access } from "node:fs/promises";
import path from "node:path";
import { npmInstall } from "../prepare/npm-install.ts";
import { TargetProblem } from "../runner.ts";

/** Majors of Node that bindcheck runs on and that are still released or were in long-term support: even numbers. */
const FIRST_MAJOR = 20;

/** npm's package of Node for this system: a folder with one program, and no script to install it. */
function packageName(): string {
  const platform = process.platform === "win32" ? "win" : process.platform;
  return `node-${platform}-${process.arch}`;
}

/** The majors of Node that npm has for this system, the oldest first. Throws TargetProblem. */
export async function nodeMajors(signal: AbortSignal): Promise<string[]> {
  const { execa } = await import("execa");
  const { stdout } = await execa("npm", ["view", packageName(), "versions", "--json"], {
    stdin: "ignore",
    cancelSignal: signal,
  }).catch((error: unknown) => {
    throw new TargetProblem(`npm cannot be asked for versions of Node: ${reasonOf(error)}`, {
      cause: error,
    });
  });
  const majors = (JSON.parse(stdout) as string[]).map((version) => Number.parseInt(version, 10));
  return [...new Set(majors)]
    .filter((major) => major >= FIRST_MAJOR && major % 2 === 0)
    .toSorted((a, b) => a - b)
    .map(String);
}

/** Downloads the newest Node of a major into a folder. Throws when npm cannot. */
export async function installNode(
  major: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const system = { os: process.platform, cpu: process.arch };
  await npmInstall([`${packageName()}@${major}`], folder, system, signal);
  await access(nodeIn(folder));
}

/** Node's program in a folder that `installNode` filled. */
export function nodeIn(folder: string): string {
  const place = path.join(folder, "node_modules", packageName());
  return process.platform === "win32"
    ? path.join(place, "bin", "node.exe")
    : path.join(place, "bin", "node");
}

function reasonOf(error: unknown): string {
  const { stderr = "", shortMessage = "" } = error as { stderr?: string; shortMessage?: string };
  return stderr.split("\n").find((line) => line !== "") ?? shortMessage;
}
