import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BinderCommand } from "./channel.ts";
import { openChildChannel } from "./child-channel.ts";
import { findOtherAccount, type OtherAccount } from "./other-account.ts";

const TELL = "process.stdout.write(JSON.stringify(process.env))";

beforeEach(() => {
  vi.stubEnv("BINDCHECK_OTHER_PASSWORD", "open sesame");
  vi.stubEnv("SOME_TOKEN", "secret");
});
afterEach(() => vi.unstubAllEnvs());

/** The environment of a process that is started as a binder is. */
async function environmentOf(
  account?: OtherAccount,
  ownership: Pick<BinderCommand, "isUsers"> = {},
): Promise<Record<string, string>> {
  let said = "";
  const command = { file: process.execPath, arguments: ["-e", TELL], ...ownership };
  await new Promise<void>((resolve) => {
    openChildChannel(command, account, {
      onText: (chunk) => (said += chunk),
      onWords: () => undefined,
      onEnd: () => resolve(),
    });
  });
  return JSON.parse(said) as Record<string, string>;
}

test("A binder gets this process's environment without the password of the other account.", async () => {
  const environment = await environmentOf();
  expect(environment).toMatchObject({ SOME_TOKEN: "secret" });
  expect(environment).not.toHaveProperty("BINDCHECK_OTHER_PASSWORD");
});

test("It does not get the certificates that Node would read at its start; a program of the user's gets them.", async () => {
  vi.stubEnv("NODE_EXTRA_CA_CERTS", "/no/such/file");
  expect(await environmentOf()).not.toHaveProperty("NODE_EXTRA_CA_CERTS");
  expect(await environmentOf(undefined, { isUsers: true })).toMatchObject({
    NODE_EXTRA_CA_CERTS: "/no/such/file",
    SOME_TOKEN: "secret",
  });
});

const other = process.platform === "win32" ? { problem: "it gets no pipe" } : findOtherAccount();

test.skipIf("problem" in other)(
  "A binder of another account gets nothing of it but what it needs to start.",
  async () => {
    const environment = await environmentOf(other as OtherAccount);
    expect(Object.keys(environment)).toContain("PATH");
    expect(["PATH", "TEMP", "TMP", "BINDCHECK_KOFFI"]).toEqual(
      expect.arrayContaining(Object.keys(environment)),
    );
  },
);
