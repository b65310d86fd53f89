import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cacheFolder } from "./cache-folder.ts";

test("the cache is where XDG_CACHE_HOME says", () => {
  expect(cacheFolder({ XDG_CACHE_HOME: "/var/caches" })).toBe(join("/var/caches", "bindcheck"));
});

test.each([{}, { XDG_CACHE_HOME: "" }, { XDG_CACHE_HOME: "relative" }])(
  "the cache is in the home folder with %o",
  (environment) => {
    expect(cacheFolder(environment)).toBe(join(homedir(), ".cache", "bindcheck"));
  },
);
