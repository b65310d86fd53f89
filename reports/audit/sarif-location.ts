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
  const root = findRepository(folder);
  const files = [
    ...(asked === null ? [] : [path.resolve(folder, asked)]),
    ...(command?.slice(1).map((word) => path.resolve(folder, word)) ?? []).filter(
      (file) => isFile(file) && isWithin(root, file),
    ),
    ...manifestsOf(folder, root),
  ];
  const file = path.relative(root, files[0] ?? path.join(folder, "README.md"));
  return file.split(path.sep).map(encodeURIComponent).join("/");
}

/** The root of the repository that a folder is in; the folder itself where it is in none. */
export function findRepository(folder: string): string {
  return findUpwards(folder, (each) => existsSync(path.join(each, ".git"))) ?? folder;
}

/** Whether a file is somewhere below a folder. */
export function isWithin(folder: string, file: string): boolean {
  const [first] = path.relative(folder, file).split(path.sep);
  return first !== ".." && !path.isAbsolute(path.relative(folder, file));
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
