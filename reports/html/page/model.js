const data = await unpacked(document.getElementById("data").textContent);
for (const statement of data.statements) {
  const { experiment, part, step, expected, at } = statement;
  statement.label = experiment.slice(part.length).trimStart();
  statement.steps = data.scenarios[statement.scenario];
  const { id, title, section } = data.documents[statement.document];
  const text = [experiment, step, expected, at, id, title, section];
  statement.text = text.join(" ").toLowerCase();
}
for (const outcome of data.outcomes) {
  outcome.text = `${outcome.word} ${outcome.observed}`.toLowerCase();
  outcome.isDifference = outcome.word !== "held" && outcome.word !== "skipped";
}

/** The run's verdicts, each with all that the report wrote of it. */
export const model = { ...data, claims: data.claims.map(wholeClaim) };

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

function wholeClaim([target, statementAt, outcomeAt, observation]) {
  const statement = data.statements[statementAt];
  const outcome = data.outcomes[outcomeAt];
  return {
    ...statement,
    ...outcome,
    ...data.observations[observation],
    target,
    targetName: data.targets[target],
    about: data.documents[statement.document],
    text: `${outcome.text} ${statement.text}`,
  };
}

// Worst last: of several claims in one cell the one that needs attention is shown.
const SEVERITY = [
  "held",
  "skipped",
  "known-deviation",
  "broken",
  "stale-deviation",
  "contradicted",
];

const claimsOfExperiment = new Map();
for (const claim of model.claims) {
  const key = experimentKey(claim);
  if (claimsOfExperiment.has(key)) claimsOfExperiment.get(key).push(claim);
  else claimsOfExperiment.set(key, [claim]);
}

/** Every claim on what one target did in one experiment. */
export function claimsOn(claim) {
  return claimsOfExperiment.get(experimentKey(claim));
}

/** Identifies a claim in every run of the same cases. */
export function claimKey({ targetName, about, experiment, step }) {
  return [targetName, about.id, experiment, step ?? ""].join("\n");
}

/** Claims by the key, for links to them. */
export const claimsByKey = new Map(model.claims.map((claim) => [claimKey(claim), claim]));

/** Groups in order of first appearance. */
export function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (groups.has(key)) groups.get(key).push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Orders entries by the verdicts that are their keys. */
export function bySeverity([a], [b]) {
  return SEVERITY.indexOf(a) - SEVERITY.indexOf(b);
}

/** The one of several claims that needs attention most. */
export function worstOf(claims) {
  return claims.reduce((worst, claim) =>
    SEVERITY.indexOf(claim.word) > SEVERITY.indexOf(worst.word) ? claim : worst,
  );
}

function experimentKey({ target, experiment }) {
  return `${target}\n${experiment}`;
}
