import type { PortRange } from "../binder/protocol.ts";

// IANA: user ports begin at 1024; well-known services crowd below 10000, so those come only when needed.
const PREFERRED: PortRange = [10_000, 65_535];
const RESERVE: PortRange = [1024, 9_999];
const ENOUGH = 1000;

/** Every port outside the ranges to avoid, in order. */
export function usablePorts(avoid: readonly PortRange[]): PortRange[] {
  const preferred = gapsIn(PREFERRED, avoid);
  return countPorts(preferred) >= ENOUGH ? preferred : [...gapsIn(RESERVE, avoid), ...preferred];
}

/** How many ports there are in ranges that do not overlap. */
export function countPorts(ranges: readonly PortRange[]): number {
  return ranges.reduce((count, [from, to]) => count + to - from + 1, 0);
}

function gapsIn([from, to]: PortRange, avoid: readonly PortRange[]): PortRange[] {
  const gaps: PortRange[] = [];
  let next = from;
  for (const [low, high] of avoid.toSorted(([a], [b]) => a - b)) {
    if (low > next) gaps.push([next, Math.min(low - 1, to)]);
    next = Math.max(next, high + 1);
    if (next > to) return gaps;
  }
  return [...gaps, [next, to]];
}

// Linux keeps UDP sockets in 256 slots or more, by the last bits of their ports. With more than ten sockets in a slot some
// kernels let a wildcard take the port of a specific address (CVE-2026-31503). With odd strides this short at most five of 400
// ports in a row share a slot.
const LONGEST_STRIDE = 127;

/**
 * Hands ports out, from a random place in random strides: two runs at the same time meet seldom, and part again.
 * None comes twice before every other has been used.
 */
export function createPortSource(ranges: readonly PortRange[]): () => number {
  const count = countPorts(ranges);
  if (count === 0) throw new RangeError("there are no ports to use");
  let next = anyBelow(count);
  const stride = strideThrough(count);
  return () => {
    const port = portAt(next, ranges);
    next = (next + stride) % count;
    return port;
  };
}

function portAt(index: number, ranges: readonly PortRange[]): number {
  let left = index;
  for (const [from, to] of ranges) {
    if (left <= to - from) return from + left;
    left -= to - from + 1;
  }
  throw new RangeError(`there is no port ${index}`);
}

/** Only a stride that has no divisor in common with the length comes by every place. */
function strideThrough(length: number): number {
  const most = Math.min(length, LONGEST_STRIDE);
  for (;;) {
    const stride = 1 + 2 * anyBelow(Math.ceil(most / 2));
    if (greatestCommonDivisor(stride, length) === 1) return stride;
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function anyBelow(limit: number): number {
  return Math.floor(Math.random() * limit);
}
