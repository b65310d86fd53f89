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
  const grids = mergedParts(placed).map(({ parts, members }) => {
    const same = parts.length > 1 ? ": the same in each" : "";
    return documentTable(`${target}: ${parts.join(", ")}${same}`, members);
  });
  if (others.length > 0) grids.push(sideBySide(others, `${target}: scenarios`));
  return grids;
}

/** Protocols and families whose tables came out the same are drawn once. */
function mergedParts(claims) {
  const parts = groupBy(claims, ({ part }) => part);
  const equal = groupBy(parts, ([, own]) =>
    own.map(({ label, word, cell }) => [label, word, ...cell].join("\t")).join("\n"),
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

const ADDRESSES = ["wildcard", "specific", "specific2", "mapped-wildcard", "mapped-specific"];

function headings(sides) {
  return [...groupBy(sides, ([heading]) => heading)].map(([heading, members]) => ({
    heading,
    addresses: [...new Set(members.map(([, address]) => address))].toSorted(
      (a, b) => ADDRESSES.indexOf(a) - ADDRESSES.indexOf(b),
    ),
  }));
}

/** A row for each experiment, a column for each target and what came out differently of its protocols and families. */
function sideBySide(claims, title) {
  const targets = [...groupBy(claims, ({ target }) => target)].map(([target, own]) => ({
    target,
    columns: mergedColumns(own),
  }));
  const groups = groupBy(claims, ({ second, label }) =>
    second ? `second: ${second.join("@")}` : label,
  );
  return {
    title,
    corner: claims[0].first ? "experiment" : "step",
    head: [
      targets.map(({ target, columns }) => ({ text: model.targets[target], span: columns.length })),
      targets.flatMap(({ columns }) =>
        columns.map((parts) => ({ text: parts.join(", "), span: 1 })),
      ),
    ],
    groups: [...groups].map(([group, own]) => ({
      title: group,
      rows: [...groupBy(own, rowKey).values()].map((same) => ({
        title: same[0].first ? `first: ${same[0].first.join("@")}` : (same[0].step ?? "outcome"),
        cells: targets.flatMap(({ target, columns }) =>
          columns.map((parts) => claimsIn(same, target, parts)),
        ),
      })),
    })),
  };
}

/** Protocols and families with the same outcome in every row are one column. */
function mergedColumns(claims) {
  const parts = groupBy(claims, ({ part }) => part);
  const equal = groupBy(parts, ([, own]) =>
    own.map((claim) => [rowKey(claim), claim.word, ...claim.cell].join("\t")).join("\n"),
  );
  return [...equal.values()].map((same) => same.map(([part]) => part));
}

function rowKey({ label, step }) {
  return `${label}\n${step}`;
}

function claimsIn(row, target, parts) {
  const found = row.filter((claim) => claim.target === target && parts.includes(claim.part));
  return found.length > 0 ? found : undefined;
}
