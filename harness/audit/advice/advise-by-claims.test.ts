import { expect, test } from "vitest";
import { readClaims } from "../../claims/read-claims.ts";
import { adviseByClaims } from "./advise-by-claims.ts";

const { claims } = await readClaims([]);

test("Versions of which something else is said are apart, also where no set is known.", () => {
  const windows = adviseByClaims("shared", "tcp", claims).filter(
    ({ platform }) => platform === "windows",
  );
  expect(windows).toMatchObject([
    { since: null, until: "6.1", options: null, unclear: [["SO_REUSEADDR"]] },
    { since: "6.1", until: null, options: null, unclear: [] },
  ]);
});

test("Advice on UDP sockets is not given for TCP.", () => {
  const texts = adviseByClaims("exclusive", "tcp", claims).flatMap(({ runtimes }) =>
    runtimes.map(({ text }) => text),
  );
  expect(texts.filter((text) => text.includes("UDP address"))).toEqual([]);
});
