/** Moves the focus to another stop of a grid, past empty cells; true if the key is one that moves. */
export function moveInGrid(stop, key) {
  if (!KEYS.has(key)) return false;
  const rows = [...stop.closest("table").querySelectorAll(ROWS)].map(stopsOf);
  const row = rows.findIndex((stops) => stops.includes(stop));
  const column = rows[row].indexOf(stop);
  const way = {
    ArrowLeft: () => rows[row].slice(0, column).toReversed(),
    ArrowRight: () => rows[row].slice(column + 1),
    ArrowUp: () => rows.slice(0, row).map(inColumn(column)).toReversed(),
    ArrowDown: () => rows.slice(row + 1).map(inColumn(column)),
    Home: () => rows[row],
    End: () => rows[row].toReversed(),
  };
  const next = way[key]().find(Boolean);
  if (next) focusStop(next);
  return true;
}

const KEYS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);
const ROWS = "thead tr:has(a), tbody:not([hidden]) tr:not(.group)";

/** Focuses a stop of a grid and makes it the one that Tab comes back to. */
export function focusStop(stop) {
  stop.closest("table").querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
  stop.tabIndex = 0;
  stop.focus();
  stop.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Makes a table of links a grid with one Tab stop. */
export function makeGrid(table) {
  table.setAttribute("role", "grid");
  for (const link of table.querySelectorAll("a")) link.tabIndex = -1;
  table.querySelector("tbody a").tabIndex = 0;
  table.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const link = event.target.closest("a");
    if (link && moveInGrid(link, event.key)) event.preventDefault();
  });
}

/** The element of each column that can have the focus: a cell of claims, or a link. */
function stopsOf(row) {
  return [...row.children].map(
    (cell) => cell.querySelector("a") ?? (cell.matches("td[class]") ? cell : undefined),
  );
}

function inColumn(column) {
  return (stops) => stops[column];
}
