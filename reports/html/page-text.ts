import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { oneLine } from "../legible.ts";
import { headline } from "../matrix/headline.ts";
import { inDocumentOrder } from "../matrix/order.ts";
import type { RunFacts } from "../run-facts.ts";
import type { PageCollected } from "./page-collected.ts";
import { markup } from "./markup.ts";
import { overview } from "./overview.ts";
import { pageData, type PageData } from "./page-data.ts";
import { pageScript, pageStyle } from "./page-files.ts";
import { systemsInOrder } from "./systems-in-order.ts";

/** The whole page. What differs is in its HTML; the tables of claims are drawn from data by the page's own script. */
export function pageText(collected: PageCollected, facts: RunFacts): string {
  const systems = systemsInOrder(collected, facts);
  const names = systems.flatMap(({ targets }) => targets.map(({ name }) => name));
  const verdicts = inDocumentOrder(collected.verdicts, facts, names);
  const style = pageStyle();
  const script = pageScript();
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>bindcheck: ${oneLine(headline(verdicts, collected.problems))}</title>
<style>${{ source: style }}</style>
</head>
<body>
${overview({ ...collected, verdicts }, facts)}
<script type="application/gzip" id="data">${packed(pageData(verdicts, systems, facts))}</script>
<script type="module">${{ source: script }}</script>
</body>
</html>
`;
  return page.source;
}

/** Compressed JSON: a browser takes seconds to read megabytes of text in a page. */
function packed(data: PageData): string {
  return gzipSync(JSON.stringify(data)).toString("base64");
}

/** Nothing may be loaded or sent, and no script or style runs but the page's own. */
function policy(style: string, script: string): string {
  return [
    "default-src 'none'",
    `style-src '${hash(style)}'`,
    `script-src '${hash(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
