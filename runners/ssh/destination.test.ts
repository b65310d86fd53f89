import { expect, test } from "vitest";
import { fileThere, loginName, parseDestination } from "./destination.ts";

test.each([
  ["host", "host", "host:f"],
  ["me@host.example", "me@host.example", "me@host.example:f"],
  ["me@host:2222", "me@host", "me@host:f"],
  ["CORP\\me@host", "CORP\\me@host", "CORP\\me@host:f"],
  ["me@corp.example@host", "me@corp.example@host", "me@corp.example@host:f"],
  ["127.0.0.1:22", "127.0.0.1", "127.0.0.1:f"],
  ["::1", "::1", "[::1]:f"],
  ["me@[fe80::1%eth0]:22", "me@fe80::1%eth0", "me@[fe80::1%eth0]:f"],
])("%s is %s to ssh and %s to scp", (text, login, file) => {
  const destination = parseDestination(text);
  expect(destination && [loginName(destination), fileThere(destination, "f")]).toEqual([
    login,
    file,
  ]);
});

test.each(["me@host:2222", "[::1]:2222"])("the port of %s is taken", (text) => {
  expect(parseDestination(text)?.port).toBe("2222");
});

test.each(["", "@host", "me@", "host:", "host:0", "host:65536", "host:22:22", "[::1", "::1]:22"])(
  "%j is none",
  (text) => {
    expect(parseDestination(text)).toBeNull();
  },
);

test.each(["-oProxyCommand=true", "me@-x", "-l@host", "host;true", "$(true)", "a b", "a'b", "a\n"])(
  "%j, which a shell or ssh would take for more, is none",
  (text) => {
    expect(parseDestination(text)).toBeNull();
  },
);
