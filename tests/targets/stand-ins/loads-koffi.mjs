// Asks Wine for its version, through the koffi that the environment names.
import { createRequire } from "node:module";
import { networkInterfaces } from "node:os";
import { begin, put } from "./stream.mjs";

const koffi = createRequire(import.meta.url)(process.env.BINDCHECK_KOFFI);
const wineVersion = koffi.load("ntdll.dll").func("const char *wine_get_version()");
const addresses = Object.values(networkInterfaces()).flatMap((list) =>
  list.map(({ address }) => address),
);
await begin({ node: process.version, koffi: koffi.version, wine: wineVersion(), addresses });
put({ type: "summary" });
