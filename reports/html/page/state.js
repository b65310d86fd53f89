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

/** A test for the claims that the filters leave. */
export function matcher({ q, only }) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return (claim) =>
    (only === "" || claim.isDifference) && words.every((word) => claim.text.includes(word));
}
