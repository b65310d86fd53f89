import { expect, test } from "vitest";
import { listingOf, ownSources, readListing } from "./listing.ts";
import { readClaims } from "./read-claims.ts";

test("The listing of the build is what the package's own case files say.", async () => {
  expect(readListing()).toEqual(listingOf(await readClaims([])));
});

test("Once a text has changed the listing is not taken.", () => {
  expect(readListing(Buffer.concat([ownSources(), Buffer.from("#")]))).toBeNull();
});
