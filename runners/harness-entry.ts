import path from "node:path";
import { PACKAGE_ROOT } from "../harness/package-root.ts";

/** The built program of this package, which a target runs whole. */
export function harnessEntry(): string {
  return path.join(PACKAGE_ROOT, BUNDLE_ENTRY);
}

/** The same, as it starts from the package's folder anywhere. */
export const BUNDLE_ENTRY = "dist/bindcheck.cjs";
