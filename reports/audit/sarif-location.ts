import { existsSync, statSync } from "node:fs";
import path from "node:path";

/**
 * The file that code scanning shows results at, from the root of the repository: the one that was asked for, else the
 * first file that the command names, else the manifest of the current folder or of one above it in the repository.
 */
export function findSarifLocation(
  asked: string | null,
  command: readonly string[] | null,
  folder: string = process.cwd(),
): string {
  const root = findUpwards(folder, (each) => existsSync(path.join(each, ".git"))) ?? folder;
  const isWithin = (file: string): boolean => !path.relative(root, file).startsWith("..");
  const files = [
    ...(asked === null ? [] : [path.resolve(folder, asked)]),
    ...(command?.slice(1).map((word) => path.resolve(folder, word)) ?? []).filter(
      (file) => isFile(file) && isWithin(file),
    ),
    ...manifestsOf(folder, root),
  ];
  const file = path.relative(root, files[0] ?? path.join(folder, "README.md"));
  return encodeURI(file.replaceAll(path.sep, "/"));
}

/** What says of a folder that a program is built or installed from it. */
const MANIFESTS = [
  "package.json",
  "pyproject.toml",
  "requirements.txt",
  "go.mod",
  "Cargo.toml",
  "pom.xml",
  "build.gradle",
  "build.gradle.kts",
  "composer.json",
  "Gemfile",
  "CMakeLists.txt",
  "Makefile",
  "Dockerfile",
  "compose.yaml",
  "docker-compose.yml",
];

function manifestsOf(folder: string, root: string): string[] {
  const found = MANIFESTS.map((name) => path.join(folder, name)).filter(isFile);
  const above = path.dirname(folder);
  return folder === root || above === folder ? found : [...found, ...manifestsOf(above, root)];
}

function findUpwards(folder: string, isIt: (folder: string) => boolean): string | null {
  if (isIt(folder)) return folder;
  const above = path.dirname(folder);
  return above === folder ? null : findUpwards(above, isIt);
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
