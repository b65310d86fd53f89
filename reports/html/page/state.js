import { groupBy } from "./model.js";

const FIELDS = ["q", "document", "target", "only", "layout", "show", "on", "in", "step"];

/** What is shown, as the address says it: filters, layout, and the claim that is open. */
export function readState() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(FIELDS.map((field) => [field, parameters.get(field) ?? ""]));
}

/** Makes the address say what is shown, so that it can be sent to others. */
export function writeState(changes) {
  const state = { ...readState(), ...changes };
  const set = FIELDS.flatMap((field) => (state[field] ? [[field, state[field]]] : []));
  history.replaceState(null, "", `#${new URLSearchParams(set)}`);
}

/** A test for those of some claims that the filters leave. */
export function matcher({ q, only }, claims) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const alike = only === "" ? new Set() : knownEverywhere(claims);
  return (claim) =>
    (only === "" || (claim.isDifference && !alike.has(claim))) &&
    words.every((word) => claim.text.includes(word));
}

/** Deviations that are known and the same on each of several targets: nothing of them differs. */
function knownEverywhere(claims) {
  const rows = groupBy(claims, ({ document: index, experiment, step }) =>
    [index, experiment, step].join("\n"),
  );
  return new Set(
    [...rows.values()].flatMap((row) => {
      const texts = new Set(row.map(({ word, cell }) => [word, ...cell].join("\n")));
      const isAlike = row.length > 1 && texts.size === 1 && row[0].word === "known-deviation";
      return isAlike ? row : [];
    }),
  );
}
