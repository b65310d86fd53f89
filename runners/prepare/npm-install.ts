/** The system that packages are wanted for, in npm's words. */
export interface PackageSystem {
  readonly os: string;
  readonly cpu: string;
}

/** Installs packages as they are for another system into `folder`; runs none of their scripts. */
export async function npmInstall(
  packages: readonly string[],
  folder: string,
  { os, cpu }: PackageSystem,
  signal: AbortSignal,
): Promise<void> {
  const { execa } = await import("execa");
  // --force takes packages of another system; --include wins over an npm that is set to omit koffi's binary.
  const flags = [
    ["--prefix", folder, "--force", "--ignore-scripts", `--os=${os}`, `--cpu=${cpu}`],
    ["--include=optional", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"],
    // After one, two and four seconds: a registry may fail for a moment, and who has no network is to hear so.
    ["--prefer-offline", "--fetch-retries=3"],
    ["--fetch-retry-mintimeout=1000", "--fetch-retry-factor=2"],
  ].flat();
  await execa("npm", ["install", ...flags, ...packages], {
    cwd: folder,
    cancelSignal: signal,
    stdin: "ignore",
  }).catch((error: unknown) => {
    throw new Error(reason(error), { cause: error });
  });
}

/** The line that says what went wrong: npm's own if it spoke, else the system's. */
function reason(error: unknown): string {
  const { stderr = "", message } = error as { readonly stderr?: string; readonly message: string };
  const lines = stderr.split("\n").filter((line) => line !== "");
  const told =
    lines.find((line) => / (request to|network|notarget|enospc)/i.test(line)) ?? lines[0];
  return (told ?? message.split("\n", 1)[0] ?? "").replace(/^npm (ERR!|error) /, "");
}
