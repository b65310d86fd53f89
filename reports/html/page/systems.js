import { element } from "./element.js";
import { makeGrid } from "./keyboard.js";

/** Gives the grid of documents and systems its keys, and folds documents in which nothing differs. */
export function useSystemsGrid() {
  const table = document.querySelector("table.systems");
  if (!table) return;
  makeGrid(table);
  const calm = table.querySelector("tbody.calm");
  const count = calm.rows.length;
  const hasDifferences = table.tBodies[0].rows.length > 1;
  if (count < FEW || !hasDifferences) return;
  const button = element("button", {
    type: "button",
    className: "more",
    onclick: () => setHidden(!calm.hidden),
  });
  const setHidden = (isHidden) => {
    calm.hidden = isHidden;
    button.setAttribute("aria-expanded", String(!isHidden));
    button.textContent = `${isHidden ? "Show" : "Hide"} ${count} documents in which nothing differs`;
  };
  setHidden(true);
  table.closest(".scroll").after(button);
}

const FEW = 4;
