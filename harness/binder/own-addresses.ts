import os from "node:os";
import type { OwnAddress } from "./protocol.ts";

type Interfaces = ReturnType<typeof os.networkInterfaces>;

/** Every address of the system's interfaces, as a hello tells them. */
export function listAddresses(interfaces: Interfaces = os.networkInterfaces()): OwnAddress[] {
  return Object.entries(interfaces).flatMap(([name, infos = []]) =>
    infos.map((info) => ({
      interface: name,
      family: info.family === "IPv4" ? "ipv4" : "ipv6",
      address: info.address,
      zone: info.family === "IPv6" ? info.scopeid : 0,
    })),
  );
}
