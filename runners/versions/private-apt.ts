import { access, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { text as textOf } from "node:stream/consumers";
import { cacheFolder } from "../cache-folder.ts";
import { TargetProblem } from "../runner.ts";
import { startWayIn } from "../way-in.ts";
import type { DebianSource } from "./debian-source.ts";
import type { Suite } from "./suites.ts";

/** apt with lists, packages and a state of its own: nothing of the machine's packages is read or changed. */
export interface PrivateApt {
  /** Gets the suite's signed lists of packages. Throws TargetProblem. */
  update(signal: AbortSignal): Promise<void>;
  /** Version that each package would be installed in; packages that the suite lacks are left out. */
  candidates(packages: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What an installation of some packages, and of all that they depend on, costs. */
  cost(packages: readonly string[]): Promise<Cost>;
  /** Downloads them; goes on with what an earlier, interrupted download has left. Gives the files' paths. */
  download(packages: readonly string[], signal: AbortSignal): Promise<readonly string[]>;
}

/** Sizes as apt writes them, such as `35.8 MB`. */
interface Cost {
  /** Still to download. */
  readonly download: string;
  readonly disk: string;
}

/** Makes the folders for a suite in the cache. */
export async function openPrivateApt(suite: Suite, source: DebianSource): Promise<PrivateApt> {
  const folder = path.join(cacheFolder(), "apt", suite);
  const places = { lists: "lists/partial", packages: "cache/archives/partial", state: "state" };
  for (const place of Object.values(places))
    await mkdir(path.join(folder, place), { recursive: true });
  await writeFile(
    path.join(folder, "sources.list"),
    `deb [signed-by=${source.keyring}] ${source.mirror} ${suite} main\n`,
  );
  const configuration = path.join(folder, "apt.conf");
  await writeFile(configuration, configurationFor(folder));
  const status = path.join(folder, "state", "status");
  await access(status).catch(() => writeFile(status, ""));
  const run = async (
    program: "apt-get" | "apt-cache",
    words: readonly string[],
    signal?: AbortSignal,
  ): Promise<string> => {
    // It ends with this process, also when that is killed.
    const way = startWayIn([program, ...words, `--config-file=${configuration}`], {
      environment: { LC_ALL: "C.UTF-8" },
    });
    way.child.stdin?.end();
    signal?.addEventListener("abort", way.end);
    if (signal?.aborted) way.end();
    // One that was ended may break off its output.
    const stdout = way.child.stdout && (await textOf(way.child.stdout).catch(() => null));
    await way.over;
    signal?.removeEventListener("abort", way.end);
    if (way.exitCode() !== 0 || stdout === null)
      throw new TargetProblem(`${suite}: ${reasonOf(way.words()) ?? way.ending()}`);
    return stdout;
  };
  return {
    async update(signal) {
      await run("apt-get", ["update", "-qq"], signal);
    },
    candidates: async (packages) => candidatesOf(await run("apt-cache", ["policy", ...packages])),
    async cost(packages) {
      return costOf(await run("apt-get", ["install", "--yes", "--print-uris", ...packages]));
    },
    async download(packages, signal) {
      await run("apt-get", ["install", "--yes", "-qq", "--download-only", ...packages], signal);
      const plan = await run("apt-get", ["install", "--yes", "--simulate", ...packages]);
      return fileNamesOf(plan).map((name) => path.join(folder, "cache/archives", name));
    },
  };
}

/** apt.conf(5), read after the machine's own, whose proxy stays and whose hooks go. */
function configurationFor(folder: string): string {
  const options = {
    "Dir::Etc::sourcelist": path.join(folder, "sources.list"),
    "Dir::Etc::sourceparts": "-",
    "Dir::State": path.join(folder, "state"),
    "Dir::State::lists": path.join(folder, "lists"),
    "Dir::State::status": path.join(folder, "state", "status"),
    "Dir::Cache": path.join(folder, "cache"),
    // Images of containers switch these files off; without them every call parses all lists.
    "Dir::Cache::pkgcache": "pkgcache.bin",
    "Dir::Cache::srcpkgcache": "srcpkgcache.bin",
    // An empty state of its own needs no lock of the machine's.
    "Debug::NoLocking": "1",
    // Its user _apt may not be able to write to the cache of the user who asks.
    "APT::Sandbox::User": "root",
    "APT::Install-Recommends": "0",
    "Acquire::Languages": "none",
    "Acquire::Retries": "3",
  };
  return [
    ...HOOKS.map((name) => `#clear ${name};`),
    ...Object.entries(options).map(([name, value]) => `${name} "${value}";`),
    "",
  ].join("\n");
}

const HOOKS = [
  "APT::Update::Pre-Invoke",
  "APT::Update::Post-Invoke",
  "APT::Update::Post-Invoke-Success",
  "DPkg::Pre-Invoke",
  "DPkg::Pre-Install-Pkgs",
  "DPkg::Post-Invoke",
];

/** `wine:` and below it `  Candidate: 10.0~repack-6`, as apt-cache(8) writes its policy. */
function candidatesOf(policy: string): Map<string, string> {
  const found = [...policy.matchAll(/^(\S+):\n.*\n {2}Candidate: (\S+)$/gm)];
  return new Map(
    found.flatMap(([, name = "", version = "(none)"]) =>
      version === "(none)" ? [] : [[name, version] as const],
    ),
  );
}

function costOf(text: string): Cost {
  const download = /^Need to get ([\d.,]+ \w+)/m.exec(text)?.[1] ?? "0 B";
  const disk = /^After this operation, ([\d.,]+ \w+)/m.exec(text)?.[1] ?? "an unknown amount";
  return { download, disk };
}

/** The files of the archives that a simulated installation names: `Inst libc6 (2.41-12 Debian:13/stable [amd64])`. */
function fileNamesOf(plan: string): string[] {
  return [...plan.matchAll(/^Inst (\S+) \((\S+) .*\[(\w+)\]\)/gm)].map(
    ([, name = "", version = "", architecture = ""]) =>
      `${name}_${version.replaceAll(":", "%3a")}_${architecture}.deb`,
  );
}

/** An error line of apt's own, of the last that it wrote. */
function reasonOf(stderr: string): string | undefined {
  return /^E: (.*)$/m.exec(stderr)?.[1];
}
