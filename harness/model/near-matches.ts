/** The names nearest to the one that was asked for, best first; none that have little in common with it. */
export function nearMatches(
  asked: string,
  names: Iterable<string>,
  most = 3,
  least = LEAST_LIKENESS,
): string[] {
  const wanted = bigramsOf(asked);
  return [...new Set(names)]
    .map((name) => ({ name, likeness: likeness(wanted, bigramsOf(name)) }))
    .filter((each) => each.likeness >= least)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, most)
    .map(({ name }) => name);
}

const LEAST_LIKENESS = 0.3;

/** Dice's coefficient: twice what is common over what there is, from 0 to 1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((each) => b.has(each)).length;
  return (2 * common) / Math.max(1, a.size + b.size);
}

// With both ends, so that a short word in which letters changed places is still like itself.
function bigramsOf(text: string): Set<string> {
  const plain = `^${text.toLowerCase()}$`;
  return new Set(Array.from({ length: plain.length - 1 }, (_, at) => plain.slice(at, at + 2)));
}
