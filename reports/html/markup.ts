/** A piece of HTML whose text is escaped already. */
export interface Markup {
  readonly source: string;
}

/** HTML in which every value that is not markup is escaped as text; null adds nothing. */
export function markup(pieces: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { source: pieces.map((piece, i) => piece + sourceOf(values[i] ?? null)).join("") };
}

type Value = string | number | null | Markup | readonly Markup[];

function sourceOf(value: Value): string {
  if (value === null) return "";
  if (typeof value === "object")
    return "source" in value ? value.source : value.map(({ source }) => source).join("\n");
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
