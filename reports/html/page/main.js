import { addContents } from "./contents.js";
import { cellOfClaim, claimOfCell, drawing } from "./draw.js";
import { element, markElement } from "./element.js";
import { focusStop, moveInGrid } from "./keyboard.js";
import { bySeverity, claimsByKey, groupBy, model } from "./model.js";
import { createPanel } from "./panel.js";
import { matcher, readState, writeState } from "./state.js";
import { useSystemsGrid } from "./systems.js";

// An answer within this time feels immediate (https://web.dev/articles/rail).
const SLICE_MS = 100;
const matrix = element("div", { id: "matrix" });
const count = element("output", { "aria-live": "polite" });
const fields = filterFields();
const reset = element("button", { type: "button", onclick: showAll }, "Clear filters");
const claimsSection = element(
  "section",
  { className: "claims", "aria-labelledby": "claims" },
  element("h2", { id: "claims", tabIndex: -1 }, "All claims"),
  filterForm(),
  legend(),
  matrix,
);
document.getElementById("main").append(claimsSection);
const panel = createPanel({ onShow: open, onClose: close, onStep: step });
let work;
let drawnFor = "";
let opened;

useSystemsGrid();
addContents();
showLinked();
addEventListener("hashchange", showLinked);
addEventListener("beforeprint", preparePrint);
matrix.addEventListener("click", ({ target }) => openCell(target.closest("td")));
matrix.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const cell = event.target.closest("td");
  const isOpening = event.key === "Enter" || event.key === " ";
  if (isOpening) openCell(cell);
  if (isOpening || (cell && moveInGrid(cell, event.key))) event.preventDefault();
});
addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && opened) close();
});

/** Shows what the address says, and goes there: it was followed, not made by a filter. */
function showLinked() {
  const state = show();
  if (opened || !(state.document || state.target || state.q)) return;
  finishDrawing();
  claimsSection.scrollIntoView();
}

function showAll() {
  writeState({ q: "", document: "", target: "", only: "", layout: "" });
  show();
}

function show() {
  const state = readState();
  for (const [name, field] of Object.entries(fields)) {
    if (field.type === "checkbox") field.checked = state[name] !== "";
    else field.value = state[name];
  }
  draw(state);
  const claim = claimsByKey.get([state.on, state.in, state.show, state.step].join("\n"));
  if (claim) open(claim);
  else if (opened) close();
  return state;
}

function draw(state) {
  const { q, document: id, target, only, layout } = state;
  const wanted = JSON.stringify([q, id, target, only, layout]);
  if (wanted === drawnFor) return;
  drawnFor = wanted;
  document.documentElement.dataset.drawn = "false";
  const claims = model.claims.filter(
    ({ about, targetName }) => (!id || about.id === id) && (!target || targetName === target),
  );
  const matches = matcher(state, claims);
  const matching = claims.filter(matches).length;
  count.textContent = `${matching} of ${model.claims.length} claims`;
  reset.hidden = !(q || id || target || only || layout);
  work = drawing(matrix, claims, matches, layout);
  continueDrawing(work);
}

/** Draws for a moment, and goes on when the page had time to answer. */
function continueDrawing(mine) {
  if (mine !== work) return;
  const until = performance.now() + SLICE_MS;
  while (performance.now() < until) {
    if (mine.next().done) {
      document.documentElement.dataset.drawn = "true";
      return;
    }
  }
  setTimeout(continueDrawing, 0, mine);
}

/** On paper nothing can be opened: the causes of what differs are. */
function preparePrint() {
  finishDrawing();
  for (const cause of document.querySelectorAll("section > .causes > details")) cause.open = true;
}

function finishDrawing() {
  while (!work.next().done);
}

function openCell(cell) {
  const claim = cell && claimOfCell.get(cell);
  if (claim) open(claim);
}

function open(claim) {
  opened = claim;
  if (!cellOfClaim.has(claim)) finishDrawing();
  writeState({
    show: claim.experiment,
    on: claim.targetName,
    in: claim.about.id,
    step: claim.step ?? "",
  });
  panel.open(claim);
  mark(cellOfClaim.get(claim));
}

function close() {
  const cell = cellOfClaim.get(opened);
  opened = undefined;
  mark(undefined);
  writeState({ show: "", on: "", in: "", step: "" });
  panel.close();
  if (cell?.isConnected) focusStop(cell);
}

/** Says in the matrix which cell is open. */
function mark(cell) {
  matrix.querySelector("td[aria-selected]")?.removeAttribute("aria-selected");
  if (!cell) return;
  cell.setAttribute("aria-selected", "true");
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Opens the next claim, or the one before, that did not simply hold. */
function step(by) {
  const at = model.claims.indexOf(opened);
  const { length } = model.claims;
  for (let i = 1; i <= length; i++) {
    const claim = model.claims[(at + by * i + length * 2) % length];
    if (claim.isDifference && cellOfClaim.has(claim)) return open(claim);
  }
}

function filterFields() {
  return {
    q: element("input", { type: "search", placeholder: "title, experiment, outcome" }),
    document: select(
      "All documents",
      model.documents.map(({ id, title, section }) => [
        id,
        [title, section].filter(Boolean).join(", "),
      ]),
    ),
    target: select(
      "All targets",
      model.targets.map((name) => [name, name]),
    ),
    layout: select("Automatic", [
      ["table", "As in the document"],
      ["side", "Side by side"],
    ]),
    only: element("input", { type: "checkbox", value: "differences" }),
  };
}

function select(all, options) {
  return element(
    "select",
    {},
    [["", all], ...options].map(([value, text]) => element("option", { value }, text)),
  );
}

function filterForm() {
  const form = element(
    "form",
    { className: "filters", role: "search", "aria-label": "Filters" },
    labelled("Search", fields.q),
    labelled("Document", fields.document),
    labelled("Target", fields.target),
    labelled("Layout", fields.layout),
    element("label", { className: "check" }, fields.only, " Only differences"),
    reset,
    count,
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    const { q, only, ...selects } = fields;
    const values = Object.entries(selects).map(([name, { value }]) => [name, value]);
    writeState({
      ...Object.fromEntries(values),
      q: q.value,
      only: only.checked ? only.value : "",
    });
    draw(readState());
  });
  return form;
}

/** What the marks in the cells mean, of those that occur. */
function legend() {
  const words = [...groupBy(model.claims, ({ word }) => word)].toSorted(bySeverity);
  const marks = words.flatMap(([word, [{ cell }]]) => [
    element("span", { className: word }, markElement(cell[0][0]), ` ${word.replace("-", " ")}`),
    " ",
  ]);
  return element(
    "p",
    { className: "legend note" },
    marks,
    element("span", {}, "\u2260 what the document says"),
    element("span", {}, "also: by other documents"),
  );
}

function labelled(text, field) {
  field.id = `filter-${text.toLowerCase()}`;
  return element("div", {}, element("label", { htmlFor: field.id }, text), field);
}
