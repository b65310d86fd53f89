import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "rolldown";

// Not every command and binder needs these, and each takes milliseconds to load.
const LATE = ["child_process", "crypto", "vm"];
// Each a chunk: what these files load with them and no chunk before has. A chunk costs half a millisecond to find and read.
const CHUNKS = {
  bindcheck: ["main.ts", "package-root.ts", "model/terminal-text.ts"],
  early: ["session/early-pair.ts"],
  commands: ["commands/main.ts"],
  list: ["commands/list.ts"],
  claims: ["claims/read-claims.ts"],
  measuring: ["commands/run.ts"],
};
const COMMENTS = { jsdoc: false };

// Part of the build. Modules of many files take longer to load than to run: what starts often is bundled.
await build([
  {
    input: "harness/binder/binder.ts",
    platform: "node",
    external: "koffi",
    // One file, also of what it loads late: it is copied to other systems.
    plugins: [lateModules(), cheapDefaults()],
    output: { file: "dist/binder.cjs", format: "cjs", codeSplitting: false, comments: COMMENTS },
  },
  {
    input: { bindcheck: "harness/main.ts" },
    platform: "node",
    // zx serves the preparation of targets alone.
    external: ["koffi", /^zx/],
    plugins: [thirdPartyLicenses(), lateModules(), cheapDefaults()],
    output: {
      dir: "dist",
      format: "cjs",
      entryFileNames: "[name].cjs",
      chunkFileNames: "chunks/[name].cjs",
      comments: COMMENTS,
      codeSplitting: { groups: Object.keys(CHUNKS).map(sharedChunk) },
    },
  },
]);

for (const name of ["index", "vitest"]) await writeCommonJs(name);

/**
 * The entry of a CommonJS program. It requires the one that there is, so that an InputError is the same class for all; only
 * its types are written twice, because TypeScript before 5.8, and its `node16`, let no CommonJS file import a module's.
 */
async function writeCommonJs(name) {
  const entry = `./dist/harness/${name}.js`;
  const from = `"./${name}.js" with { "resolution-mode": "import" };`;
  const values = Object.entries(await import(entry)).map(
    ([value, { prototype }]) =>
      `export declare const ${value}: typeof api.${value};\n` +
      (prototype instanceof Error ? `export type ${value} = api.${value};\n` : ""),
  );
  const types = [`import type * as api from ${from}\n`, `export type * from ${from}\n`, ...values];
  writeFileSync(entry.replace(/js$/, "d.cts"), types.join(""));
  writeFileSync(entry.replace(/js$/, "cjs"), `module.exports = require("./${name}.js");\n`);
}

function sharedChunk(chunk, index) {
  const name = (id, graph) => (isLoadedBy(CHUNKS[chunk], id, graph) ? chunk : null);
  return { name, debugName: chunk, priority: Object.keys(CHUNKS).length - index };
}

function isLoadedBy(names, id, graph) {
  const seen = new Set();
  const follow = (each) => {
    if (seen.has(each)) return;
    seen.add(each);
    graph.getModuleInfo(each)?.importedIds.forEach(follow);
  };
  for (const name of names) follow(path.resolve("harness", name));
  return seen.has(id);
}

/** Loads some modules of Node where they are first used: the bundler would load them with the chunk. */
function lateModules() {
  return {
    name: "late-modules",
    renderChunk: (code) => LATE.reduce(loadLate, code),
  };
}

function loadLate(code, name) {
  const late = code
    .replace(`let node_${name} = require("node:${name}");\n`, "")
    .replaceAll(`node_${name}.`, `(require("node:${name}")).`);
  // The bundler writes it otherwise now.
  const early = `^(?:let|const|var) \\S+ = require\\("node:${name}"\\)|\\bnode_${name}\\b`;
  if (new RegExp(early, "m").test(late)) throw new Error(`node:${name} is not loaded late`);
  return late;
}

/**
 * Takes the default export of a CommonJS package when it is first used, and that of a module of Node as it is: the bundler
 * would load the package with the chunk, and copy all that either exports.
 */
function cheapDefaults() {
  return {
    name: "cheap-defaults",
    renderChunk: (code) =>
      code
        .replaceAll(
          /^var (import_\w+) = .*__toESM\((.*?require_\w+\(\)), 1\);$/gm,
          (whole, name, load) =>
            isDefaultAlone(code, name)
              ? `var ${name} = { get default() { return ${load}; } };`
              : whole,
        )
        .replaceAll(/^(node_\w+) = .*__toESM\(\1, 1\);$/gm, "$1 = { __proto__: $1, default: $1 };"),
  };
}

function isDefaultAlone(code, name) {
  const uses = code.match(new RegExp(`\\b${name}\\.\\w+`, "g")) ?? [];
  return uses.every((use) => use === `${name}.default`);
}

/** Every licence of what is bundled wants to go with the copies. */
function thirdPartyLicenses() {
  return {
    name: "third-party-licenses",
    generateBundle() {
      const folders = [...this.getModuleIds()].flatMap(
        (id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll("\\", "/")) ?? [],
      );
      const source = [...new Set(folders)].toSorted().map(licenseOf).join("\n\n");
      this.emitFile({ type: "asset", fileName: "THIRD-PARTY-LICENSES.md", source });
    },
  };
}

function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json")));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(path.join(folder, file), "utf8").trim() : license;
  return `# ${name} ${version}\n\n${text}\n`;
}
