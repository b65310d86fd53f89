/** A value of a user's file as messages show it: text and numbers in quotes, anything else by its kind. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return value === null ? "empty" : "a mapping";
  return `'${typeof value === "string" ? value : JSON.stringify(value)}'`;
}
