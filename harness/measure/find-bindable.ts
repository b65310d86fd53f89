import { setTimeout as sleep } from "node:timers/promises";
import type { BinderProcess } from "../binder-client/binder-process.ts";
import type { Hello } from "../binder/protocol.ts";
import { findAddresses } from "../experiments/addresses.ts";
import { withZone } from "../model/address.ts";
import type { FamilyAddresses } from "../model/platform.ts";
import type { AddressFamily } from "../model/vocabulary.ts";
import type { MeasureOptions } from "./measure-options.ts";

// RFC 4862, 5.4: nothing binds a fresh IPv6 address while the system looks for another host that has it, by default 1 s
// with up to 1 s before it.
const MOST_WAIT_MS = 10_000;
const PAUSE_MS = 100;

/**
 * What wildcard, specific and specific2 stand for on a target. Waits for a second IPv6 address that is still tentative,
 * and takes another one in place of an address that stays so. Throws BinderLost.
 */
export async function findBindable(
  { addresses: all, platform }: Hello,
  first: BinderProcess,
  { timeoutMs }: Pick<MeasureOptions, "timeoutMs">,
): Promise<Record<AddressFamily, FamilyAddresses>> {
  const deadline = performance.now() + MOST_WAIT_MS;
  let own = all;
  for (;;) {
    const found = findAddresses(own, platform.implements);
    const { specific2 } = found.ipv6;
    if (specific2 === null) return found;
    const probe = { do: "probe", protocol: "udp", family: "ipv6", v6Only: 1, port: 0 } as const;
    const [[result] = []] = await first.ask([[{ ...probe, address: specific2 }]], timeoutMs);
    // 10049 is WSAEADDRNOTAVAIL.
    if (!/^(?:WSA)?EADDRNOTAVAIL$/.test(result?.code ?? "")) return found;
    if (performance.now() < deadline) await sleep(PAUSE_MS);
    else own = own.filter(({ address, zone }) => withZone(address, zone) !== specific2);
  }
}
