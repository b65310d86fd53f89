/** Moves the focus in the grid of a cell, past empty cells; true when the key was one that does. */
export function moveInGrid(cell, key) {
  if (!KEYS.has(key)) return false;
  const rows = [...cell.closest("table").querySelectorAll("tbody tr:not(.group)")];
  const row = rows.indexOf(cell.parentElement);
  const column = cellsOf(rows[row]).indexOf(cell);
  const way = {
    ArrowLeft: () => cellsOf(rows[row]).slice(0, column).toReversed(),
    ArrowRight: () => cellsOf(rows[row]).slice(column + 1),
    ArrowUp: () => rows.slice(0, row).map(inColumn(column)).toReversed(),
    ArrowDown: () => rows.slice(row + 1).map(inColumn(column)),
    Home: () => cellsOf(rows[row]),
    End: () => cellsOf(rows[row]).toReversed(),
  };
  const next = way[key]().find(({ className }) => className !== "");
  if (next) focusCell(next);
  return true;
}

const KEYS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);

/** Focuses a cell and makes it the one that Tab comes back to. */
export function focusCell(cell) {
  cell.closest("table").querySelector('td[tabindex="0"]')?.setAttribute("tabindex", "-1");
  cell.tabIndex = 0;
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function cellsOf(row) {
  return [...row.querySelectorAll("td")];
}

function inColumn(column) {
  return (row) => cellsOf(row)[column];
}
