import { access } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "../cache-folder.ts";
import { findPackage, readManifest } from "../own-package.ts";
import { TargetProblem } from "../runner.ts";
import { makeOnce } from "./make-once.ts";
import { npmInstall } from "./npm-install.ts";
import type { Preparation } from "./preparation.ts";

/** What a host is, in Node's words. */
export interface HostSystem {
  readonly platform: string;
  readonly arch: string;
}

/** koffi's native package for a system. */
export interface NativeKoffi {
  readonly name: string;
  readonly folder: string;
}

/** The one that is installed beside `koffi`, or else one that is downloaded once. */
export async function prepareNativeKoffi(
  koffi: string,
  { platform, arch }: HostSystem,
  { signal, say }: Preparation,
): Promise<NativeKoffi> {
  const name = `@koromix/koffi-${platform}-${arch}`;
  const version = readManifest(koffi).optionalDependencies?.[name];
  if (version === undefined)
    throw new TargetProblem(
      `Sockets cannot be called there: koffi has no build for ${platform} on ${arch}`,
    );
  const installed = findPackage(name, koffi);
  if (installed !== null) return { name, folder: installed };
  const folder = path.join(cacheFolder(), `koffi-${version}-${platform}-${arch}`);
  await makeOnce(folder, async (temporary) => {
    say(`Downloading koffi ${version} for ${platform} on ${arch}, once`);
    await npmInstall([`${name}@${version}`], temporary, { os: platform, cpu: arch }, signal);
    await access(path.join(temporary, "node_modules", name, "package.json"));
  }).catch((error: unknown) => {
    throw new TargetProblem(`Cannot download ${name}: ${(error as Error).message}`, {
      cause: error,
    });
  });
  return { name, folder: path.join(folder, "node_modules", name) };
}
