import type { Holdings } from "./held-socket.ts";

/** This system's way to tell who holds what; only its own code is loaded. */
export async function openHoldings(): Promise<Holdings> {
  if (process.platform === "win32") return (await import("./windows.ts")).windowsHoldings();
  if (process.platform === "linux") return (await import("./linux.ts")).linuxHoldings();
  return (await import("./lsof.ts")).lsofHoldings();
}
