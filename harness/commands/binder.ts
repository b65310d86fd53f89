import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { binderFiles } from "../../runners/prepare/binder-files.ts";
import { InputError } from "../model/problem.ts";

/** What commander hands over. */
export interface BinderOptions {
  readonly to: string;
  readonly platform?: string;
}

/**
 * Writes what a system with nothing but Node needs to run a binder: its file, and koffi for that system beside it. Throws
 * InputError, and TargetProblem where koffi has no build for it or cannot be downloaded.
 */
export async function writeBinder({ to, platform }: BinderOptions): Promise<void> {
  const own = `${process.platform}-${process.arch}`;
  const [, name, arch] = /^([a-z0-9]+)-([a-z0-9]+)$/.exec(platform ?? own) ?? [];
  if (name === undefined || arch === undefined)
    throw new InputError([
      `--platform: '${platform}' is not NAME-PROCESSOR as Node calls them, such as linux-arm64 or win32-x64`,
    ]);
  const { signal } = new AbortController();
  const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const files = await binderFiles({ platform: name, arch }, { signal, say });
  try {
    for (const { path: file, content } of files) writeReadable(path.join(to, file), content);
  } catch (error) {
    throw new InputError([`--to: ${to} cannot be written: ${(error as Error).message}`]);
  }
  process.stdout.write(`${path.join(to, "binder.cjs")}\n`);
}

/** Binders of other accounts read it too. */
function writeReadable(file: string, content: Buffer): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 });
  writeFileSync(file, content);
  chmodSync(file, 0o644);
}
