/** The run's verdicts, as the report wrote them. */
export const model = JSON.parse(document.getElementById("data").textContent);

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
  claim.targetName = model.targets[claim.target];
  claim.about = model.documents[claim.document];
  claim.isDifference = claim.word !== "held" && claim.word !== "skipped";
  Object.assign(claim, model.observations[claim.observation]);
  const { experiment, step, word, observed, expected, at, about } = claim;
  claim.text = [
    experiment,
    step,
    word,
    observed,
    expected,
    at,
    about.id,
    about.title,
    about.section,
  ]
    .join(" ")
    .toLowerCase();
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
