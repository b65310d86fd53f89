import type { Listener } from "../listener.ts";
import type { Way } from "./attempt.ts";
import type { Family } from "../../model/vocabulary.ts";

/** Addresses of this machine. */
export interface LocalAddresses {
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
}

/** Every way to be the second binder of a port: accounts times names times sets of the options that the system has. */
export function planWays(
  held: readonly Listener[],
  local: LocalAddresses,
  options: readonly string[],
  accounts: readonly Way["account"][],
): Way[] {
  const names = namesOf(held, local);
  const sets = subsets(options);
  return accounts.flatMap((account) =>
    names.flatMap((name) => sets.map((set) => ({ account, options: set, ...name }))),
  );
}

interface Name {
  readonly family: Family;
  readonly address: string;
}

/** The wildcards, the addresses that are held, this machine's others, and the mapped forms of IPv4 ones. */
function namesOf(held: readonly Listener[], local: LocalAddresses): Name[] {
  const heldIn = (family: Listener["family"]): string[] =>
    held.filter((listener) => listener.family === family).map(({ address }) => address);
  const ipv4 = new Set(["0.0.0.0", ...heldIn("ipv4"), ...local.ipv4]);
  const [mapped, plain] = [heldIn("ipv6").filter(isMapped), heldIn("ipv6").filter(isPlain)];
  const ipv6 = new Set(["::", ...plain, ...local.ipv6]);
  const dual = new Set(["::", ...mapped, ...[...ipv4].map((address) => `::ffff:${address}`)]);
  return [
    ...[...ipv4].map((address): Name => ({ family: "ipv4", address })),
    ...[...ipv6].map((address): Name => ({ family: "ipv6", address })),
    ...[...dual].map((address): Name => ({ family: "dual", address })),
  ];
}

function isMapped(address: string): boolean {
  return address.toLowerCase().startsWith("::ffff:");
}

function isPlain(address: string): boolean {
  return !isMapped(address);
}

/** Smaller ones before larger ones that hold them. */
function subsets(options: readonly string[]): string[][] {
  return options.reduce<string[][]>(
    (sets, option) => [...sets, ...sets.map((set) => [...set, option])],
    [[]],
  );
}
