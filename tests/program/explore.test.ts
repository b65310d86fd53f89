import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  bindcheck,
  makeFolder,
  observationsOf,
  readStream,
  startBindcheck,
  verdictsOf,
  type Ended,
} from "./bindcheck.ts";
import { catchBetween } from "./processes.ts";

// Every state and family on two kinds of address: 1000 and some experiments of the tens of thousands.
const SELECTION = ["--protocol", "tcp", "--filter", "/ none@wildcard\\b.* > \\S*@specific2/"];

describe.skipIf(process.platform !== "linux")("On Linux, an exploration", () => {
  let folder = "";
  let ended: Ended;
  beforeAll(async () => {
    folder = await makeFolder();
    ended = await explore("one");
  });

  const at = (...names: string[]): string => path.join(folder, ...names);
  const read = (...names: string[]): string => readFileSync(at(...names), "utf8");

  async function explore(out: string, ...more: string[]): Promise<Ended> {
    return bindcheck(["explore", ...SELECTION, "--out", at(out), ...more]);
  }

  async function judge(file: string): Promise<{ exitCode: number | undefined; words: string[] }> {
    const stream = at("judged.ndjson");
    const { exitCode } = await bindcheck(["run", file, "--reporter", `ndjson=${stream}`]);
    return { exitCode, words: verdictsOf(readStream(stream)).map(({ verdict }) => verdict) };
  }

  test("observes every combination of a selection, each more than once.", () => {
    expect(ended).toMatchObject({ exitCode: 0, stdout: "" });
    const lines = readStream(at("one", "results.ndjson"));
    const observations = observationsOf(lines);
    // 3 families and 3 states at first; 4 option sets, 3 families and 3 states then; 2 accounts.
    expect(observations.size).toBe(3 * 3 * (4 * 3 * 3) * 2);
    for (const observation of observations.values())
      expect(["attempts" in observation && observation.attempts, "skipped"]).toContain(
        (observation as { outcome: { kind: string } }).outcome.kind === "skipped" ? "skipped" : 2,
      );
    expect(lines.at(-1)).toMatchObject({ type: "summary", counts: [], brokenTargets: [] });
    expect(ended.stderr).toBe(
      `local: ${observations.size} experiments, 0 of them undecided; written to ${at("one", "local.yaml")}\n` +
        `next: bindcheck run "${at("one", "local.yaml")}" --on "local"`,
    );
  });

  test("writes a case file that holds on the same system.", async () => {
    const file = at("one", "local.yaml");
    expect((await bindcheck(["check", file])).exitCode).toBe(0);
    const { exitCode, words } = await judge(file);
    expect(exitCode).toBe(0);
    const frozen = [...observationsOf(readStream(at("one", "results.ndjson"))).values()].filter(
      (observation) => (observation as { outcome: { kind: string } }).outcome.kind !== "skipped",
    );
    expect(frozen.length).toBeGreaterThan(300);
    expect(words).toEqual(frozen.map(() => "held"));
  });

  test("combines a further option, and its file holds on the same system.", async () => {
    const id = "udp/ipv4 SO_RCVBUF=4096@wildcard > SO_REUSEADDR+SO_RCVBUF=4096@specific";
    const combined = ["--with", "SO_RCVBUF=4096", "--with", "SO_CONDITIONAL_ACCEPT"];
    const words = ["explore", ...combined, "--filter", id, "--out", at("with")];
    const { exitCode, stderr } = await bindcheck(words);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("linux has no SO_CONDITIONAL_ACCEPT, so that it is not combined");
    const lines = readStream(at("with", "results.ndjson"));
    expect(lines[0]).toMatchObject({
      selection: { explores: true, with: ["SO_CONDITIONAL_ACCEPT", "SO_RCVBUF=4096"] },
    });
    expect([...observationsOf(lines).keys()].map(String)).toEqual([expect.stringContaining(id)]);
    expect(await judge(at("with", "local.yaml"))).toEqual({ exitCode: 0, words: ["held"] });
  });

  test("has a file whose claims are contradicted when a behaviour changes.", async () => {
    const text = read("one", "local.yaml");
    const changed = text.replace("EADDRINUSE", "success");
    const file = path.join(folder, "changed.yaml");
    writeFileSync(
      file,
      changed.replace(/\n---\ndocument:\n {2}id: explored\/local\/tcp-dual[^]*$/, "\n"),
    );
    const { exitCode, words } = await judge(file);
    expect(exitCode).toBe(1);
    expect(words.filter((word) => word !== "held").length).toBeGreaterThan(0);
    expect(new Set(words)).toEqual(new Set(["held", "contradicted"]));
  });

  test("sees what is known of connected sockets.", () => {
    const outcomes = new Map(
      [...observationsOf(readStream(at("one", "results.ndjson")))].map(([id, observation]) => [
        id,
        (observation as { outcome: { code?: string; kind: string } }).outcome,
      ]),
    );
    const of = (id: string): string => {
      const { code, kind } = outcomes.get(`tcp/ipv4 ${id}`) ?? { kind: "not there" };
      return code ?? kind;
    };
    // connect gives a socket of the wildcard address the address that it connects from, here specific (Linux,
    // net/ipv4/tcp_ipv4.c, tcp_v4_connect): the port of the others is free.
    expect(of("none@wildcard > none@specific2")).toBe("EADDRINUSE");
    expect(of("none@wildcard connected > none@specific2")).toBe("success");
    expect(of("none@wildcard connected > none@specific2 connected")).toBe("success");
    expect(of("none@wildcard listening > SO_REUSEADDR@specific2 listening")).toBe("EADDRINUSE");
  });

  test("gives the same file again, byte for byte, also when it was killed in between.", async () => {
    expect((await explore("again")).exitCode).toBe(0);
    expect(read("again", "local.yaml")).toBe(read("one", "local.yaml"));
    const results = at("killed", "results.ndjson");
    const { running } = await catchBetween(results, [100, 400], () => {
      rmSync(at("killed"), { recursive: true, force: true });
      return startBindcheck(["explore", ...SELECTION, "--out", at("killed")]);
    });
    running.kill("SIGKILL");
    await running;
    expect(existsSync(at("killed", "local.yaml"))).toBe(false);
    const before = observationsOf(readStream(results)).size;
    expect((await explore("killed", "--resume", results)).exitCode).toBe(0);
    expect(before).toBeLessThan(observationsOf(readStream(results)).size);
    expect(read("killed", "local.yaml")).toBe(read("one", "local.yaml"));
  }, 180_000);

  test("of two shards, merged, gives the same file without measuring anything.", async () => {
    const shards = ["1/2", "2/2"].map((shard) => ({ shard, out: `shard-${shard[0]}` }));
    for (const { shard, out } of shards) {
      const part = await explore(out, "--shard", shard, "--reporter", `ndjson=${at(out)}`);
      const count = observationsOf(readStream(at(out))).size;
      expect(part).toMatchObject({
        exitCode: 0,
        stderr: `${count} experiments, 0 of them undecided; written to ${at(out)}`,
      });
    }
    const merged = at("merged.ndjson");
    const files = shards.map(({ out }) => at(out));
    const merge = await bindcheck(["merge", ...files, "--reporter", `ndjson=${merged}`]);
    expect(merge).toMatchObject({ exitCode: 0, stderr: "" });
    const file = at("of-shards", "local.yaml");
    const { exitCode } = await explore("x", "--resume", merged, "--reporter", `cases=${file}`);
    expect(exitCode).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(read("one", "local.yaml"));
  }, 180_000);

  test("that was interrupted leaves an earlier file as it is.", async () => {
    const file = at("kept.yaml");
    const results = at("kept.ndjson");
    const outputs = ["--reporter", `cases=${file}`, "--reporter", `ndjson=${results}`];
    const { running } = await catchBetween(results, [20, 400], () => {
      writeFileSync(file, "precious");
      return startBindcheck(["explore", ...SELECTION, ...outputs]);
    });
    running.kill("SIGINT");
    const { exitCode, stderr } = await running;
    expect(exitCode).toBe(130);
    expect(stderr).toBe(`local: cut off, so that ${file} is not written (go on with --resume)`);
    expect(readFileSync(file, "utf8")).toBe("precious");
  });

  test.each([
    [["--filter", "nowhere"], /^the selection matches nothing: widen --filter, /],
    [["--filter", "/^(.+)+!$/"], /^--filter: \/\^\(\.\+\)\+!\$\/ takes too long to match$/],
    [["--filter", "/(/"], /^--filter: Invalid regular expression/],
    [
      ["--reporter", "html=x.html"],
      /^--reporter: 'html' is unknown \(allowed: cases, ndjson, each with =PATH if wanted\)$/,
    ],
    [
      ["--on", "local", "--on", "netns", "--reporter", "cases=x.yaml"],
      /^--reporter: x\.yaml cannot be the file of 2 targets \(name a folder\)$/,
    ],
    [
      ["--reporter", "cases=Жук.yaml"],
      /^Жук\.yaml: its name stands in ids \(name it with a-z or 0-9\)$/,
    ],
    [["--reporter", "cases=/proc/nope/x.yaml"], /^\/proc\/nope\/x\.yaml cannot be written: ENOENT/],
    [["--reporter", "ndjson=/proc/nope/x"], /^\/proc\/nope\/x cannot be written: ENOENT/],
    [["--reporter", "cases=x.yml"], /^--reporter: x\.yml: a case file ends in \.yaml$/],
    [["--reporter", "cases="], /^--reporter: 'cases=' names no path$/],
    [["--reporter", "cases=a", "--reporter", "cases=b"], /^--reporter: 'cases' can be given once/],
    [["--except", "nowhere.txt"], /^--except: nowhere\.txt cannot be read: /],
    [["--document", "socket-7"], /^unknown option '--document'/],
  ])("refuses %j.", async (parameters, message) => {
    const { exitCode, stdout, stderr } = await bindcheck(["explore", ...parameters]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr.split("\n")).toHaveLength(1);
  });

  test("refuses a folder for a file before it measures.", async () => {
    const results = at("not-begun.ndjson");
    mkdirSync(at("folder.yaml"));
    const outputs = [`cases=${at("folder.yaml")}`, `ndjson=${results}`];
    const reporters = outputs.flatMap((output) => ["--reporter", output]);
    expect(await bindcheck(["explore", ...SELECTION, ...reporters])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `${at("folder.yaml")} cannot be written: it is a folder (name a file in it)`,
    });
    expect(existsSync(results)).toBe(false);
  });

  test("finds nothing where the options are those of another system.", async () => {
    const filter = ["--filter", "SO_EXCLUSIVEADDRUSE@wildcard > none@wildcard"];
    const { exitCode, stderr } = await bindcheck(["explore", ...filter, "--out", at("none")]);
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      `local: nothing was observed, so that ${at("none", "local.yaml")} is not written`,
    );
    const results = `ndjson=${at("none.ndjson")}`;
    expect(await bindcheck(["explore", ...filter, "--reporter", results])).toMatchObject({
      exitCode: 2,
      stderr: "nothing was observed",
    });
  });
});
