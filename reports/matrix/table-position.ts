/** Where an experiment is in its document's table. */
export interface TablePosition {
  /** What a table is about: `tcp/ipv4`, `udp/ipv6 other-account`. */
  readonly part: string;
  readonly first: Side;
  readonly second: Side;
}

/** A column or a row: options and state are its heading, the kind of address is below it. */
export interface Side {
  readonly heading: string;
  readonly address: string;
}

/** Reads the position from an experiment's id; null for a scenario, which is not in a table. */
export function positionOf(experiment: string): TablePosition | null {
  const found = PAIR.exec(experiment)?.groups;
  if (found === undefined) return null;
  const { part = "", first = "", second = "" } = found;
  return { part, first: side(first), second: side(second) };
}

const PAIR = /^(?<part>.+?) (?<first>\S+@.+?) > (?<second>\S+@.+)$/u;

// `SO_REUSEADDR@wildcard listening`: options, address, and what is not the default.
function side(label: string): Side {
  const [options = "", rest = ""] = label.split("@", 2);
  const [address = "", ...extras] = rest.split(" ");
  return { heading: [options, ...extras].join(" "), address };
}

/** The part alone, also of a scenario: `tcp/ipv4`. */
export function partOf(experiment: string): string {
  return positionOf(experiment)?.part ?? experiment.split(" ", 1)[0] ?? experiment;
}
