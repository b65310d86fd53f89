import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "rolldown";

// Part of the build. Modules of many files take longer to load than to run: what starts often is bundled.
await build([
  {
    input: "harness/binder/binder.ts",
    platform: "node",
    external: "koffi",
    // One file, also of what it loads late: it is copied to other systems.
    output: { file: "dist/binder.cjs", format: "cjs", codeSplitting: false },
  },
  {
    input: { bindcheck: "harness/main.ts" },
    platform: "node",
    // zx serves the preparation of targets alone.
    external: ["koffi", /^zx/],
    plugins: [thirdPartyLicenses()],
    output: {
      dir: "dist",
      format: "cjs",
      entryFileNames: "[name].cjs",
      chunkFileNames: "chunks/[name].cjs",
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
