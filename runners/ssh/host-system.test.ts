import { expect, test } from "vitest";
import { readSystem } from "./host-system.ts";

test.each([
  ["linuxx64v20.19.0\n", { platform: "linux", arch: "x64" }],
  ["win32x64v22.3.0\r\n", { platform: "win32", arch: "x64" }],
  ["win32ia32v22.3.0", { platform: "win32", arch: "ia32" }],
  ["darwinarm64v24.0.0-nightly2025\n", { platform: "darwin", arch: "arm64" }],
  ["Welcome to linux!\n\nlinuxriscv64v21.0.0\n", { platform: "linux", arch: "riscv64" }],
])("%j says what the host is", (answer, system) => {
  expect(readSystem(answer)).toEqual(system);
});

test.each(["linuxx64v20.18.9", "linuxx64v18.20.0"])("%s is too old", (answer) => {
  expect(readSystem(answer)).toHaveProperty("problem");
});

test.each(["", "sh: node: not found", "v20.19.0", "I run linuxx64v20.19.0 here"])(
  "%j is not an answer",
  (answer) => {
    expect(readSystem(answer)).toBeNull();
  },
);
