import { groupBy, model } from "./model.js";

/**
 * One document's claims as grids: `{ title, head, groups }`, where `head` has rows of `{ text, span }` over the cells and
 * a group is `{ title, rows: [{ title, cells: [claims or undefined] }] }`.
 */
export function gridsOf(claims, layout) {
  const targets = groupBy(claims, ({ target }) => target);
  const isSideBySide = layout === "side" || (layout === "" && targets.size > 1);
  if (isSideBySide) return [sideBySide(claims, "")];
  return [...targets].flatMap(([target, own]) => asDocumented(model.targets[target], own));
}

function asDocumented(target, claims) {
  const placed = claims.filter(({ first }) => first);
  const others = claims.filter(({ first }) => !first);
  const scenarios = others.filter((claim) => !asksOption(claim));
  const titled = (draw) => (table) => draw(`${target}: ${partsText(table)}`, table.members);
  return [
    ...mergedParts(placed).map(titled(documentTable)),
    ...mergedParts(others.filter(asksOption)).map(titled(optionTable)),
    ...(scenarios.length > 0 ? [sideBySide(scenarios, `${target}: scenarios`)] : []),
  ];
}

function asksOption({ label }) {
  return label.startsWith(OPTION);
}

const OPTION = "option ";

function partsText({ parts }) {
  return `${parts.join(", ")}${parts.length > 1 ? ": the same in each" : ""}`;
}

/** Protocols and families whose tables came out the same are drawn once. */
function mergedParts(claims) {
  const parts = groupBy(claims, ({ part }) => part);
  const equal = groupBy(parts, ([, own]) =>
    own.map(({ label, step, word, cell }) => [label, step, word, ...cell].join("\t")).join("\n"),
  );
  return [...equal.values()].map((same) => ({
    parts: same.map(([part]) => part),
    members: same.flatMap(([, own]) => own),
  }));
}

function documentTable(title, claims) {
  const cells = groupBy(claims, ({ first, second }) => [...first, ...second].join("\n"));
  const columns = headings(claims.map(({ first }) => first));
  return {
    title,
    corner: "second \u2193 first \u2192",
    head: [
      columns.map(({ heading, addresses }) => ({ text: heading, span: addresses.length })),
      columns.flatMap(({ addresses }) => addresses.map((text) => ({ text, span: 1 }))),
    ],
    groups: headings(claims.map(({ second }) => second)).map(({ heading, addresses }) => ({
      title: `second: ${heading}`,
      rows: addresses.map((address) => ({
        title: address,
        cells: columns.flatMap((column) =>
          column.addresses.map((first) =>
            cells.get([column.heading, first, heading, address].join("\n")),
          ),
        ),
      })),
    })),
  };
}

/** Rows are options, columns the questions that the document answers, as documents have them. */
function optionTable(title, claims) {
  const questions = [...new Set(claims.map(({ step }) => step))];
  const options = groupBy(claims, ({ label }) => label.slice(OPTION.length));
  const rows = [...options].map(([option, own]) => {
    const cells = groupBy(own, ({ step }) => step);
    return { title: option, cells: questions.map((question) => cells.get(question)) };
  });
  const head = [questions.map((text) => ({ text, span: 1 }))];
  return { title, corner: "option", head, groups: [{ title: "", rows }] };
}

const ADDRESSES = ["wildcard", "specific", "specific2", "mapped-wildcard", "mapped-specific"];

function headings(sides) {
  return [...groupBy(sides, ([heading]) => heading)].map(([heading, members]) => ({
    heading,
    addresses: [...new Set(members.map(([, address]) => address))].toSorted(
      (a, b) => ADDRESSES.indexOf(a) - ADDRESSES.indexOf(b),
    ),
  }));
}

/**
 * A row for each experiment; columns by system, then by protocols and families, then by version. What came out alike is
 * one column.
 */
function sideBySide(claims, title) {
  const own = groupBy(claims, ({ target }) => target);
  const systems = model.systems
    .map(({ name, targets, labels }) => {
      const versions = targets.map((target, index) => ({ target, label: labels[index] }));
      return { name, versions: versions.filter(({ target }) => own.has(target)) };
    })
    .filter(({ versions }) => versions.length > 0)
    .map(({ name, versions }) => ({
      text: versions.length > 1 ? name : model.targets[versions[0].target],
      parts: columnsByPart(versions, own),
    }));
  const columns = systems.flatMap(({ parts }) => parts.flatMap((part) => part.columns));
  const groups = groupBy(claims, ({ second, label }) =>
    second ? `second: ${second.join("@")}` : label,
  );
  return {
    title,
    corner: cornerOf(claims),
    head: sideBySideHead(systems),
    groups: [...groups].map(([group, inGroup]) => ({
      title: group,
      rows: [...groupBy(inGroup, rowKey).values()].map((same) => ({
        title: same[0].first ? `first: ${same[0].first.join("@")}` : (same[0].step ?? "outcome"),
        cells: columns.map((column) => claimsIn(same, column)),
      })),
    })),
  };
}

/** What the rows are. */
function cornerOf(claims) {
  if (claims.every(asksOption)) return "question";
  return claims[0].first ? "experiment" : "step";
}

/** The row of versions is left out where each system has one. */
function sideBySideHead(systems) {
  const parts = systems.flatMap((system) => system.parts);
  const columns = parts.flatMap((part) => part.columns);
  const hasVersions = columns.some(({ label }) => label !== "");
  return [
    systems.map(({ text, parts: own }) => ({
      text,
      span: own.reduce((sum, part) => sum + part.columns.length, 0),
    })),
    parts.map((part) => ({ text: part.names.join(", "), span: part.columns.length })),
    ...(hasVersions ? [columns.map(({ label }) => ({ text: label, span: 1 }))] : []),
  ];
}

/**
 * The columns of one system: for each protocol and family those of its versions, of which equal neighbours are one.
 * Protocols and families that are alike in every version come once.
 */
function columnsByPart(versions, claimsOfTarget) {
  const shown = new Map(
    versions.map(({ target }) => [target, groupBy(claimsOfTarget.get(target), ({ part }) => part)]),
  );
  const names = [...new Set([...shown.values()].flatMap((parts) => [...parts.keys()]))];
  const parts = names.map((name) => ({
    name,
    runs: equalNeighbours(versions, ({ target }) => columnText(shown.get(target).get(name) ?? [])),
  }));
  const alike = groupBy(parts, ({ runs }) =>
    JSON.stringify(runs.map(({ text, members }) => [text, members.length])),
  );
  return [...alike.values()].map((same) => ({
    names: same.map(({ name }) => name),
    columns: same[0].runs.map(({ members }) => ({
      label: versions.length > 1 ? spanText(members.map(({ label }) => label)) : "",
      targets: members.map(({ target }) => target),
      parts: same.map(({ name }) => name),
    })),
  }));
}

function columnText(claims) {
  return claims.map((claim) => [rowKey(claim), claim.word, ...claim.cell].join("\t")).join("\n");
}

function equalNeighbours(items, textOf) {
  const runs = [];
  for (const item of items) {
    const text = textOf(item);
    if (runs.at(-1)?.text === text) runs.at(-1).members.push(item);
    else runs.push({ text, members: [item] });
  }
  return runs;
}

function spanText(labels) {
  return labels.length === 1 ? labels[0] : `${labels[0]} \u2013 ${labels.at(-1)}`;
}

function rowKey({ label, step }) {
  return `${label}\n${step}`;
}

function claimsIn(row, { targets, parts }) {
  const found = row.filter((claim) => targets.includes(claim.target) && parts.includes(claim.part));
  return found.length > 0 ? found : undefined;
}
