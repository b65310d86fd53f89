import { randomInt } from "node:crypto";

/** Ports from `from` to `to`, both included. */
export type PortRange = readonly [from: number, to: number];

// IANA: user ports begin at 1024; well-known services crowd below 10000, so those come only when needed.
const PREFERRED: PortRange = [10_000, 65_535];
const RESERVE: PortRange = [1024, 9_999];
const ENOUGH = 1000;

/** Every port outside the ranges to avoid, in order. */
export function usablePorts(avoid: readonly PortRange[]): number[] {
  const preferred = portsOf(PREFERRED, avoid);
  return preferred.length >= ENOUGH ? preferred : [...portsOf(RESERVE, avoid), ...preferred];
}

function portsOf([from, to]: PortRange, avoid: readonly PortRange[]): number[] {
  const avoided = avoid.toSorted(([a], [b]) => a - b);
  const ports: number[] = [];
  let port = from;
  for (const [low, high] of [...avoided, [to + 1, to + 1] as const]) {
    for (; port < low && port <= to; port++) ports.push(port);
    port = Math.max(port, high + 1);
  }
  return ports;
}

/**
 * Hands ports out, from a random place in random strides: two runs at the same time meet seldom, and part again.
 * None comes twice before every other has been used.
 */
export function createPortSource(ports: readonly number[]): () => number {
  let next = randomInt(ports.length);
  const stride = strideThrough(ports.length);
  return () => {
    const port = ports[next];
    next = (next + stride) % ports.length;
    if (port === undefined) throw new RangeError("there are no ports to use");
    return port;
  };
}

/** Only a stride that has no divisor in common with the length comes by every place. */
function strideThrough(length: number): number {
  for (;;) {
    const stride = 1 + randomInt(Math.max(1, length - 1));
    if (greatestCommonDivisor(stride, length) === 1) return stride;
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
