// Runs the unit tests in the Windows build of Node under Wine, as `--on wine` starts it. dist/ has to be built.
import { once } from "node:events";
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../dist/runners/cache-folder.js";
import { makeOnce } from "../../dist/runners/prepare/make-once.js";
import { npmInstall } from "../../dist/runners/prepare/npm-install.js";
import { openWine } from "../../dist/runners/wine-place.js";
import { LEFT_OUT } from "./left-out.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LOG = path.join(ROOT, "test-results/vitest-wine.log");
const RESULTS = path.join(ROOT, "test-results/vitest-wine.json");

const controller = new AbortController();
for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => controller.abort());
const { signal } = controller;
const say = (sentence) => process.stdout.write(`${sentence}\n`);

mkdirSync(path.dirname(LOG), { recursive: true });
rmSync(RESULTS, { force: true });
const binding = await prepareRolldown();
const place = await openWine({ signal, say });
try {
  say(`The unit tests run under Wine; they write to ${LOG}`);
  const code = await runTests();
  process.stdout.write(readFileSync(LOG, "utf8"));
  process.exitCode = code === 0 && tellLeftOut() ? 0 : 1;
} finally {
  await place.close();
}

/** Vitest's bundler as WebAssembly: its build for Windows does not load under Wine. */
async function prepareRolldown() {
  const manifest = path.join(ROOT, "node_modules/rolldown/package.json");
  const { version } = JSON.parse(readFileSync(manifest, "utf8"));
  const folder = path.join(cacheFolder(), `rolldown-wasm-${version}`);
  await makeOnce(folder, async (temporary) => {
    say(`Downloading Rolldown ${version} for WebAssembly, once (17 MB)`);
    const packages = [`@rolldown/binding-wasm32-wasi@${version}`];
    await npmInstall(packages, temporary, { os: "win32", cpu: "x64" }, signal);
  });
  return path.join(folder, "node_modules/@rolldown/binding-wasm32-wasi/rolldown-binding.wasi.cjs");
}

async function runTests() {
  const [file, ...words] = place.nodeIn(ROOT);
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--configLoader", "native"];
  const config = ["--config", ".ci/wine-units/vitest.config.ts"];
  // A Windows Node under Wine writes to a file; a pipe is lost.
  const log = openSync(LOG, "w");
  const child = spawn(
    file,
    [
      ...words,
      "--disable-warning=ExperimentalWarning",
      ...vitest,
      ...config,
      ...process.argv.slice(2),
    ],
    {
      env: {
        ...process.env,
        ...place.environment,
        NAPI_RS_NATIVE_LIBRARY_PATH: place.pathThere(binding),
        NO_COLOR: "1",
      },
      stdio: ["ignore", log, log],
      signal,
    },
  );
  closeSync(log);
  const [code] = await once(child, "exit");
  return code;
}

/** Says what was left out and why; whether all of it is known. */
function tellLeftOut() {
  const { testResults } = JSON.parse(readFileSync(RESULTS, "utf8"));
  const unknown = [];
  for (const { name, assertionResults } of testResults)
    for (const { fullName, status } of assertionResults) {
      if (status === "passed") continue;
      const known = LEFT_OUT.find(
        (each) => name.endsWith(`/${each.file}`) && fullName.includes(each.name ?? ""),
      );
      if (known) say(`left out: ${known.file} ${fullName}: ${known.reason}`);
      else unknown.push(`${name} ${fullName}`);
    }
  for (const test of unknown) say(`left out without a reason: ${test}`);
  return unknown.length === 0;
}
