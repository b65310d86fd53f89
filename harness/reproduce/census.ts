import type { Call } from "./calls.ts";
import type { ProgramStep } from "./reproduction.ts";

type Census = Extract<Call, { do: "census" }>;

/** The census of a step; undefined where it takes none. */
export function censusOf({ calls }: ProgramStep): Census | undefined {
  return calls.find((call) => call.do === "census");
}

/** The condition that everything went to the named sockets, with `each` and `all` as claims have them. */
export function deliveryText(
  to: string,
  census: Census | undefined,
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
