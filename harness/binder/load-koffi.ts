import { createRequire } from "node:module";
import path from "node:path";
import type Koffi from "koffi";

/** koffi, from the folder that a runner names where the target's own build of it is, else from the package. */
export function loadKoffi(): typeof Koffi {
  const folder = process.env["BINDCHECK_KOFFI"];
  const require = createRequire(
    folder ? path.join(folder, "package.json") : path.resolve(process.argv[1] ?? ""),
  );
  return require(folder ?? "koffi") as typeof Koffi;
}
