/** What is said of a value: it is this text, or a number that is at least or at most this one. */
export interface ExpectedValue {
  readonly relation: "=" | ">=" | "<=";
  readonly text: string;
}

/** Whether a value is as expected: numbers are compared as numbers, anything else as text. */
export function isAsExpected(value: string, { relation, text }: ExpectedValue): boolean {
  if (text === value) return true;
  const [wanted, found] = [Number(text), Number(value)];
  if (relation === "=" || Number.isNaN(wanted) || Number.isNaN(found)) return false;
  return relation === ">=" ? found >= wanted : found <= wanted;
}

/** Whether one value can be as two texts expect it. */
export function canMeet(one: ExpectedValue, other: ExpectedValue): boolean {
  if (one.relation === "=") return isAsExpected(one.text, other);
  // Two lower or two upper bounds leave values; the others do if one bound keeps the other.
  return one.relation === other.relation || isAsExpected(other.text, one);
}
