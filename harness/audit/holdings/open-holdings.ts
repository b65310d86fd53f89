import { networkInterfaces } from "node:os";
import { localAddresses } from "../attempts/local-addresses.ts";
import type { Binders } from "../attempts/binders.ts";
import type { ListenerFilter } from "./find-listeners.ts";
import { HoldingsProblem, type Holdings } from "./held-socket.ts";

/**
 * This system's way to tell who holds what, or where it has none, probing of the port that is asked for; only the code
 * of that way is loaded. A command's port is not probed: that could keep the command from binding it. Throws
 * HoldingsProblem.
 */
export async function openHoldings(
  filter: ListenerFilter,
  hasCommand: boolean,
  binders: Binders,
): Promise<Holdings> {
  try {
    const holdings = await systemHoldings();
    await holdings.read([]);
    return holdings;
  } catch (error) {
    if (!(error instanceof HoldingsProblem)) throw error;
    const { port } = filter;
    if (port === null || hasCommand)
      throw new HoldingsProblem(
        `${error.message}; or start the server first and give --port PORT alone, which is then probed`,
      );
    const { probingHoldings } = await import("./probing.ts");
    const local = localAddresses(networkInterfaces(), process.platform);
    return probingHoldings({ ...filter, port }, local, binders);
  }
}

async function systemHoldings(): Promise<Holdings> {
  if (process.platform === "win32") return (await import("./windows.ts")).windowsHoldings();
  if (process.platform === "linux") return (await import("./linux.ts")).linuxHoldings();
  return (await import("./lsof.ts")).lsofHoldings();
}
