import { element, markElement } from "./element.js";
import { gridsOf } from "./grids.js";
import { claimsOn, groupBy, worstOf } from "./model.js";

/** Which claim a cell shows. */
export const claimOfCell = new WeakMap();

/** Cells by the claims that they show. */
export const cellOfClaim = new Map();

/**
 * Draws the claims of each document into a place, a few rows at a time: every step leaves the page whole and lets it
 * answer in between.
 */
export function* drawing(place, claims, matches, layout) {
  place.replaceChildren();
  cellOfClaim.clear();
  for (const own of groupBy(inOrder(claims), ({ document: index }) => index).values()) {
    if (!own.some(matches)) continue;
    const section = element("section", { className: "document" }, documentHeading(own));
    place.append(section);
    for (const grid of gridsOf(own, layout)) yield* drawGrid(section, grid, matches);
    const [{ about }] = own;
    if (about.notes.length > 0)
      section.append(element("p", { className: "note" }, about.notes.join(" \u00b7 ")));
  }
  if (!place.hasChildNodes())
    place.append(element("p", { className: "note" }, "No claim is left by these filters."));
}

/** Documents in the order of the grid on top of the page. */
function inOrder(claims) {
  return claims.toSorted((a, b) => a.document - b.document);
}

function documentHeading(claims) {
  const [{ about }] = claims;
  const { id, title, section, url } = about;
  const link = url
    ? element("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, "the document")
    : id;
  return element(
    "header",
    {},
    element("h2", {}, title, " ", element("span", { className: "faint" }, section)),
    element("p", { className: "faint" }, link, about.about ? ` \u00b7 ${about.about}` : ""),
  );
}

const ROWS_A_STEP = 25;

function* drawGrid(section, { title, corner, head, groups }, matches) {
  const shown = groups.flatMap((group) => {
    const rows = group.rows.filter(({ cells }) => cells.some((claims) => claims?.some(matches)));
    return rows.length > 0 ? [{ ...group, rows }] : [];
  });
  if (shown.length === 0) return;
  const columns = head.at(-1).length;
  const table = element("table", { role: "grid" }, tableHead(corner, head));
  table.setAttribute("aria-label", title || section.querySelector("h2").textContent);
  setWidths(table, head, shown);
  table.style.width = `calc(var(--first) + ${columns} * var(--cell))`;
  section.append(
    ...(title ? [element("h3", {}, title)] : []),
    element("div", { className: "scroll" }, table),
  );
  let rowsDrawn = 0;
  for (const group of shown) {
    const body = element("tbody");
    table.append(body);
    if (group.title) body.append(groupRow(group.title, columns));
    for (const row of group.rows) {
      body.append(rowElement(row, matches));
      if (++rowsDrawn % ROWS_A_STEP === 0) yield;
    }
  }
  table.querySelector("td[class]").tabIndex = 0;
  yield;
}

/** Widths in letters of columns and row headings, so that no code is broken. */
function setWidths({ style }, head, groups) {
  const rows = groups.flatMap((group) => group.rows);
  const lines = rows.flatMap(({ cells }) =>
    cells.flatMap((claims) => (claims ? worstOf(claims).cell : [])),
  );
  const words = [...new Set(lines)].flatMap((line) => line.split(BREAKS));
  const headings = head.flat().map(({ text, span }) => longest(text.split(BREAKS)) / span);
  const letters = Math.min(MOST_LETTERS, Math.max(longest(words), ...headings));
  style.setProperty("--word", `${Math.ceil(letters)}ch`);
  style.setProperty("--title", `${longest(rows.map(({ title }) => title))}ch`);
}

// A mark stays beside the word that it is about.
const BREAKS = /(?<=[_@/-])|(?<!\u2260) /;
const MOST_LETTERS = 24;

function longest(texts) {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

function tableHead(corner, head) {
  const sizes = element(
    "colgroup",
    {},
    element("col", { className: "first" }),
    element("col", { span: head.at(-1).length }),
  );
  const rows = head.map((cells, level) =>
    element(
      "tr",
      {},
      level === 0 ? element("th", { rowSpan: head.length, scope: "col" }, corner) : [],
      cells.map(({ text, span }) => {
        const scope = level < head.length - 1 ? "colgroup" : "col";
        return element("th", { colSpan: span, scope }, level === 0 ? breakable(text) : text);
      }),
    ),
  );
  const fragment = document.createDocumentFragment();
  fragment.append(sizes, element("thead", {}, rows));
  return fragment;
}

function groupRow(title, columns) {
  const heading = element("span", {}, breakable(title));
  return element(
    "tr",
    { className: "group" },
    element("th", { colSpan: columns + 1, scope: "rowgroup" }, heading),
  );
}

function rowElement({ title, cells }, matches) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, breakable(title)),
    cells.map((claims) => (claims ? cellElement(claims, matches) : element("td"))),
  );
}

function cellElement(claims, matches) {
  const claim = worstOf(claims);
  const others = claimsOn(claim).filter(
    ({ about, step, word }) => about !== claim.about && step === claim.step && word !== "skipped",
  );
  const [first, ...rest] = claim.cell;
  const space = first.indexOf(" ");
  const cell = element(
    "td",
    {
      role: "gridcell",
      tabIndex: -1,
      className: claims.some(matches) ? claim.word : `${claim.word} dim`,
      "aria-label": cellLabel(claim, others),
    },
    markElement(first.slice(0, space)),
    " ",
    breakable(first.slice(space + 1)),
    rest.flatMap((line) => [" ", element("span", {}, breakable(line))]),
    others.length > 0
      ? element(
          "small",
          { "aria-hidden": "true" },
          `also ${others.map(({ cell: [text] }) => text[0]).join(" ")}`,
        )
      : [],
  );
  claimOfCell.set(cell, claims.includes(claim) ? claim : claims[0]);
  for (const own of claims) cellOfClaim.set(own, cell);
  return cell;
}

/** What a cell shows, in words. */
function cellLabel({ cell, word, reason }, others) {
  const shown = cell.join(" ").replace(/^\S+ /, "");
  const also = others.map((other) => `${other.about.id}: ${other.word}`);
  return [shown, word.replace("-", " "), reason ?? [], ...also].flat().join(", ");
}

/** Lets long names break where a reader would break them. */
function breakable(text) {
  const pieces = text.split(/(?<=[_@/])/);
  return pieces.flatMap((piece, at) => (at === 0 ? [piece] : [element("wbr"), piece]));
}
