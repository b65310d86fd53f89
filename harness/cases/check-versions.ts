import intersects from "semver/ranges/intersects.js";
import validRange from "semver/ranges/valid.js";
import { WINDOWS_VERSIONS } from "../model/windows-versions.ts";
import type { Report } from "./check-scenarios.ts";
import type { CaseDocument } from "./schema.ts";

/** A range that can be read, and of Windows one that a version of Windows is in. */
export function checkVersions({ "applies-to": appliesTo }: CaseDocument, problem: Report): void {
  const { platform, versions } = appliesTo;
  const path = ["applies-to", "versions"];
  if (validRange(versions) === null)
    problem(path, `'${versions}' is not a version range (such as '>=6.1 <6.9')`);
  else if (platform === "windows" && !RANGES.some((range) => intersects(versions, range)))
    problem(path, `no version of Windows is '${versions}' (allowed: ${NUMBERS.join(", ")})`);
}

const RANGES = Object.values(WINDOWS_VERSIONS).map(({ range }) => range);
const NUMBERS = Object.values(WINDOWS_VERSIONS).map(
  ({ title, range }) => `${range.slice(">=".length).split(" ")[0]} for ${title}`,
);
