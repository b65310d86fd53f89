import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packArchive } from "../archive.ts";
import { unpackArchive } from "./remote-start.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "remote-start-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what was packed is unpacked as it was", () => {
  const binary = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  unpackArchive(
    packArchive([
      { path: "a.txt", content: Buffer.from("é\n") },
      { path: "b/c/empty", content: Buffer.alloc(0) },
      { path: "b/c/binary.node", content: binary },
    ]),
    folder,
  );
  expect(readFileSync(path.join(folder, "a.txt"), "utf8")).toBe("é\n");
  expect(readFileSync(path.join(folder, "b/c/empty"))).toHaveLength(0);
  expect(readFileSync(path.join(folder, "b/c/binary.node"))).toEqual(binary);
});

test.skipIf(process.platform === "win32")("other accounts can read it", () => {
  unpackArchive(packArchive([{ path: "a/b/c", content: Buffer.from("c") }]), folder);
  const modes = ["", "a", "a/b", "a/b/c"].map((name) => statSync(path.join(folder, name)).mode);
  expect(modes.map((mode) => mode & 0o777)).toEqual([0o755, 0o755, 0o755, 0o644]);
});

test.each(["../escaped", "a/../../escaped", "a/../.."])(
  "%s does not get out of the folder",
  (name) => {
    const inside = path.join(folder, "inside");
    mkdirSync(inside);
    expect(() =>
      unpackArchive(packArchive([{ path: name, content: Buffer.from("c") }]), inside),
    ).toThrow(`${name} is outside of the archive's folder`);
    expect(readdirSync(folder)).toEqual(["inside"]);
  },
);
