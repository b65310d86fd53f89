import { markup, type Markup } from "../html/markup.ts";
import { versionsTable } from "../html/versions-table.ts";
import { headlineOf, rangeTexts, type SystemReport } from "./matrix-text.ts";

/** What differs between the versions of each system, as a page that needs nothing else and runs no script. */
export function matrixHtml(systems: readonly SystemReport[]): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>bindcheck: between versions</title>
<style>${{ source: STYLE }}</style>
</head>
<body>
<main>
<h1>Between versions</h1>
${systems.map(section)}
</main>
</body>
</html>
`.source;
}

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 90rem; padding: 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border: 1px solid #8888; padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; white-space: nowrap; }
th[scope="row"] { background: Canvas; font-weight: normal; left: 0; position: sticky; }
ul { list-style: none; margin: 0; padding: 0; }
code { font-size: 0.9em; overflow-wrap: anywhere; }
`;

function section(system: SystemReport): Markup {
  const { findings, ranges } = system;
  const rangeList = markup`<h3>Documents whose range of versions is not what was measured</h3>
<ul>${ranges.flatMap(rangeTexts).map((text) => markup`<li>${text}</li>`)}</ul>`;
  return markup`<section>
<h2>${headlineOf(system)}</h2>
${findings.length > 0 ? versionsTable(system) : null}
${ranges.length > 0 ? rangeList : null}
</section>`;
}
