import { commandList, copyLinkButton } from "./commands.js";
import { element, markElement } from "./element.js";
import { claimsOn, model } from "./model.js";

/** The part of the page that shows one claim with its evidence. */
export function createPanel({ onShow, onClose, onStep }) {
  const panel = element("dialog", { className: "panel", "aria-label": "Evidence" });
  document.body.append(panel);
  panel.addEventListener("cancel", (event) => {
    event.preventDefault();
    onClose();
  });
  return {
    element: panel,
    open(claim) {
      panel.replaceChildren(...contents(claim, { onShow, onClose, onStep }));
      if (!panel.open) openDialog(panel);
      panel.scrollTop = 0;
      panel.querySelector("h2").focus();
    },
    close() {
      panel.close();
    },
  };
}

// Beside the matrix where there is room, over it where there is none.
function openDialog(panel) {
  if (matchMedia("(min-width: 60rem)").matches) panel.show();
  else panel.showModal();
}

function contents(claim, { onShow, onClose, onStep }) {
  const [first] = claim.cell;
  return [
    element(
      "div",
      { className: "panel-top" },
      element(
        "span",
        { className: `badge ${claim.word}` },
        markElement(first[0]),
        ` ${claim.word.replace("-", " ")}`,
      ),
      copyLinkButton(),
      button("\u2190", "Previous difference", () => onStep(-1)),
      button("\u2192", "Next difference", () => onStep(1)),
      button("\u2715", "Close", onClose),
    ),
    element("h2", { tabIndex: -1 }, ...title(claim)),
    element("p", { className: "faint" }, `${claim.part} on ${claim.targetName}`),
    definitions([
      ["Observed", claim.observed],
      ["Expected", claim.expected],
      ...(claim.reason ? [["Reason", claim.reason]] : []),
    ]),
    element("h3", {}, "What the documents say"),
    ...[claim, ...claimsOn(claim).filter((other) => other !== claim)].map((other) =>
      citation(other, claim, onShow),
    ),
    ...(claim.steps.length > 0 ? [element("h3", {}, "Steps"), factList(claim.steps)] : []),
    element("h3", {}, "Evidence"),
    claim.evidence.length > 0
      ? factList(claim.evidence)
      : element("p", { className: "note" }, "Nothing was observed."),
    element("h3", {}, "Commands"),
    ...commandList(claim),
    ...elsewhere(claim, onShow),
  ];
}

function title({ first, second, label, step }) {
  if (!first) return [label, step ? element("span", {}, `step ${step}`) : ""];
  return [`${first.join("@")}`, element("span", {}, `then ${second.join("@")}`)];
}

function definitions(pairs) {
  return element(
    "dl",
    {},
    pairs.flatMap(([name, text]) => [element("dt", {}, name), element("dd", {}, text)]),
  );
}

function citation(other, claim, onShow) {
  const { about, word, expected, says, at, cell, step } = other;
  const name = [about.title, about.section].filter(Boolean).join(", ");
  return element(
    "div",
    { className: `citation ${word}` },
    element(
      "p",
      {},
      markElement(cell[0][0]),
      ` ${word.replace("-", " ")}: `,
      element("b", {}, expected),
      step ? ` at step ${step}` : "",
    ),
    element(
      "p",
      {},
      about.url
        ? element("a", { href: about.url, target: "_blank", rel: "noreferrer noopener" }, name)
        : name,
    ),
    says ? element("p", { className: "says" }, says) : [],
    element(
      "p",
      {},
      element("code", {}, at),
      other === claim ? [] : button("show", `Show this claim of ${about.id}`, () => onShow(other)),
    ),
  );
}

function factList(facts) {
  return element(
    "ul",
    { className: "facts" },
    facts.map((fact) => element("li", {}, fact)),
  );
}

/** The same experiment on other targets, and in other protocols and families. */
function elsewhere(claim, onShow) {
  const same = model.claims.filter(
    ({ label, document, step }) =>
      label === claim.label && document === claim.document && step === claim.step,
  );
  if (same.length < 2) return [];
  return [
    element("h3", {}, "The same elsewhere"),
    element(
      "ul",
      { className: "elsewhere" },
      same.map((other) => {
        const show = button("", "", () => onShow(other));
        show.removeAttribute("aria-label");
        show.className = other.word;
        show.append(markElement(other.cell[0][0]), ` ${other.targetName} ${other.part}`);
        show.append(element("span", {}, other.observed));
        if (other === claim) show.setAttribute("aria-current", "true");
        return element("li", {}, show);
      }),
    ),
  ];
}

function button(text, label, onclick) {
  return element("button", { type: "button", "aria-label": label, title: label, onclick }, text);
}
