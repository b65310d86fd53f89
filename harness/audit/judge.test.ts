import { describe, expect, test } from "vitest";
import type { Attempt } from "./attempts/attempt.ts";
import type { ObservedListener } from "./audit-report.ts";
import { judgeListener } from "./judge.ts";

const LINUX = { name: "linux", implements: "linux", version: "6.1.0" };
const WINDOWS = { name: "windows", implements: "windows", version: "10.0.20348" };
const MACOS = { name: "macos", implements: "macos", version: "24.0.0" };

function listener(different: Partial<ObservedListener> = {}): ObservedListener {
  return {
    protocol: "tcp",
    family: "ipv4",
    address: "0.0.0.0",
    port: 80,
    account: { id: "0", name: "root" },
    owners: [],
    takesIpv4: true,
    isForeign: false,
    beside: [],
    isGone: false,
    accounts: { same: { name: "root" }, other: { name: "nobody" } },
    ...different,
  };
}

function gotIn(different: Partial<Attempt>): Attempt {
  return {
    protocol: "tcp",
    port: 80,
    account: "same",
    options: [],
    family: "ipv4",
    address: "0.0.0.0",
    outcome: { kind: "success" },
    shares: null,
    ...different,
  };
}

const refused: Partial<Attempt> = {
  outcome: { kind: "error", step: "bind", code: "EADDRINUSE", errno: 98 },
};

function took(taken: number, address = "127.0.0.1"): Pick<Attempt, "shares"> {
  return { shares: [{ address, sent: 100, taken }] };
}

function verdict(attempts: readonly Attempt[], held = listener(), platform = LINUX): string {
  return judgeListener(held, { attempts }, platform).verdict;
}

describe("what no other socket gets into is exclusive", () => {
  test("when every bind was refused", () => {
    expect(verdict([gotIn(refused), gotIn({ ...refused, account: "other" })])).toBe("exclusive");
  });

  test("when who got in has nothing to do with its addresses", () => {
    const apart = gotIn({ address: "127.0.0.2" });
    expect(verdict([apart], listener({ address: "127.0.0.1" }))).toBe("exclusive");
    const sixOnly = gotIn({ family: "ipv6", address: "::", ...took(100, "::1") });
    expect(verdict([sixOnly])).toBe("exclusive");
  });

  test("when a wildcard beside it was counted, and got nothing", () => {
    const wildcard = gotIn({ address: "0.0.0.0", ...took(0) });
    expect(verdict([wildcard], listener({ address: "127.0.0.1" }), WINDOWS)).toBe("exclusive");
  });
});

describe("what others get into is hijackable", () => {
  test("by a specific address beside its wildcard, with a census or without", () => {
    const specific = { address: "127.0.0.1" };
    expect(verdict([gotIn(specific)], listener(), WINDOWS)).toBe("hijackable");
    expect(verdict([gotIn({ ...specific, ...took(100) })], listener(), WINDOWS)).toBe("hijackable");
  });

  test("by the very same name, though the first may get all until it ends", () => {
    const options = ["SO_REUSEADDR"];
    expect(verdict([gotIn({ options, ...took(0) })], listener(), WINDOWS)).toBe("hijackable");
  });

  test("by a wildcard beside a specific address that does get traffic", () => {
    const wildcard = gotIn({ address: "0.0.0.0", ...took(1) });
    expect(verdict([wildcard], listener({ address: "127.0.0.1" }))).toBe("hijackable");
  });

  test("by another account with SO_REUSEPORT: that is not an invitation", () => {
    const options = ["SO_REUSEPORT"];
    const both = [gotIn({ options }), gotIn({ options, account: "other" })];
    expect(verdict(both)).toBe("hijackable");
  });
});

test("whether a server of an unknown account invites SO_REUSEPORT is undecided; SO_REUSEADDR never is", () => {
  const probed = listener({
    account: null,
    accounts: { same: { problem: "unknown" }, other: { name: "root" } },
  });
  const sharing = gotIn({ account: "other", options: ["SO_REUSEPORT"] });
  expect(judgeListener(probed, { attempts: [sharing] }, LINUX)).toMatchObject({
    verdict: "undecided",
    open: [expect.any(String), expect.stringContaining("whether the server invites that")],
  });
  expect(verdict([gotIn({ account: "other", options: ["SO_REUSEADDR"] })], probed)).toBe(
    "hijackable",
  );
});

describe("what is invited is shared by design", () => {
  const invited = gotIn({ options: ["SO_REUSEPORT"] });
  const needless = gotIn({ options: ["SO_REUSEADDR", "SO_REUSEPORT"] });

  test("on Linux, which compares user ids", () => {
    expect(verdict([invited, needless])).toBe("shared-by-design");
  });

  test("elsewhere, only when another account was tried and refused", () => {
    const alone = listener({ accounts: { same: { name: "root" }, other: { problem: "no root" } } });
    expect(verdict([invited], listener(), MACOS)).toBe("shared-by-design");
    expect(verdict([invited], alone, MACOS)).toBe("hijackable");
    expect(verdict([invited], alone, LINUX)).toBe("shared-by-design");
  });

  test("but not when SO_REUSEADDR is enough", () => {
    expect(verdict([gotIn({ options: ["SO_REUSEADDR"] }), invited, needless])).toBe("hijackable");
  });
});

describe("what is not known is undecided", () => {
  test("when a wildcard got in beside it and nothing was counted", () => {
    const judged = judgeListener(
      listener({ address: "127.0.0.1" }),
      { attempts: [gotIn({ address: "0.0.0.0" })] },
      WINDOWS,
    );
    expect(judged.verdict).toBe("undecided");
    expect(judged.open.join()).toMatch(/bound to 0\.0\.0\.0 got in beside it.*--census/);
  });

  test("when a wildcard got in beside a server that did not answer the census", () => {
    const judged = judgeListener(
      listener({ address: "127.0.0.1" }),
      { attempts: [gotIn({ address: "0.0.0.0", shares: [] })] },
      WINDOWS,
    );
    expect(judged.verdict).toBe("undecided");
    expect(judged.open.join()).toMatch(/the server did not answer there/);
  });

  test("when it is not known whether an IPv6 wildcard takes IPv4 too", () => {
    const six = listener({ family: "ipv6", address: "::", takesIpv4: null });
    expect(verdict([gotIn({})], six, WINDOWS)).toBe("undecided");
    expect(verdict([gotIn({})], { ...six, takesIpv4: true }, WINDOWS)).toBe("hijackable");
    expect(verdict([gotIn({})], { ...six, takesIpv4: false }, WINDOWS)).toBe("exclusive");
  });

  test("when the server went away, no matter what got in", () => {
    expect(verdict([gotIn({})], listener({ isGone: true }))).toBe("undecided");
  });

  test("when no attempt was made as the server's own account", () => {
    const accounts = { same: { problem: "run with sudo" }, other: { name: "me" } };
    expect(verdict([gotIn({ ...refused, account: "other" })], listener({ accounts }))).toBe(
      "undecided",
    );
  });

  test("when who tried lacked a privilege, unless that keeps others from root's server", () => {
    const outcome = { kind: "error", step: "bind", code: "EACCES", errno: 13 } as const;
    const other = { account: { id: "33", name: "www-data" } };
    const lacking = gotIn({ outcome });
    expect(verdict([lacking, gotIn({ ...refused, account: "other" })], listener(other))).toBe(
      "undecided",
    );
    expect(verdict([gotIn(refused), gotIn({ outcome, account: "other" })])).toBe("exclusive");
    const winsock = gotIn({ outcome: { ...outcome, code: "WSAEACCES", errno: 10_013 } });
    expect(verdict([winsock], listener(), WINDOWS)).toBe("exclusive");
  });

  test("when an attempt could not be made", () => {
    const outcome = { kind: "broken", reason: "binder-died", detail: "the binder died" } as const;
    expect(verdict([gotIn(refused), gotIn({ outcome })])).toBe("undecided");
  });
});
