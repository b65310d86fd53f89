import type { Call } from "./reproduction.ts";

/** The condition that everything went to the named sockets, with `each` and `all` as claims have them. */
export function deliveryText(
  to: string,
  census: Extract<Call, { do: "census" }> | undefined,
  countOf: (socket: string) => string,
  and: "and" | "&&",
): string {
  const { among = [], count: sent } = census ?? {};
  const named = to.split("+").filter((name) => among.includes(name));
  const others = among.filter((name) => !named.includes(name));
  const parts =
    to === "all"
      ? among.map((name) => `${countOf(name)} == ${sent}`)
      : to === "each"
        ? among.map((name) => `${countOf(name)} > 0`)
        : [
            `${named.map(countOf).join(" + ") || "0"} > 0`,
            ...others.map((name) => `${countOf(name)} == 0`),
          ];
  return parts.join(` ${and} `);
}
