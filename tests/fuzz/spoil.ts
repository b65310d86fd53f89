import * as fc from "fast-check";
import { stringify } from "yaml";

/** A change to a value of JSON. */
interface Edit {
  /** Where: at each level the key with this number, counted round. */
  readonly path: readonly number[];
  readonly what: "replace" | "remove" | "rename" | "repeat" | "wrap" | "swap";
  readonly value: unknown;
}

/** What breaks careless readers, whatever the grammar. */
const JUNK: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  Number.NaN,
  "",
  "constructor",
  "__proto__",
  "toString",
  "\u001b]0;title\u0007\u001b[2J",
  "\u202egnirts\u2066",
  "\n::error::x",
  "\u0000",
  "\ud800",
  "x".repeat(5000),
  "../../../etc/passwd",
  "98",
  [],
  {},
  [[[[]]]],
  { toString: 1, valueOf: 1 },
  { constructor: { prototype: {} }, hasOwnProperty: 1 },
  JSON.parse('{"__proto__":{"polluted":1}}'),
];

const junk = fc.oneof(fc.constantFrom(...JUNK), fc.jsonValue({ maxDepth: 2 }));

function edits(value: fc.Arbitrary<unknown>, most: number): fc.Arbitrary<Edit[]> {
  const edit = fc.record({
    path: fc.array(fc.nat(11), { minLength: 1, maxLength: 7 }),
    what: fc.constantFrom("replace", "replace", "remove", "rename", "repeat", "wrap", "swap"),
    value,
  });
  return fc.array(edit, { maxLength: most });
}

/** One of some values, changed in up to four places to words of the same grammar or to junk. */
export function spoiltValues(
  values: readonly [unknown, ...unknown[]],
  words: readonly unknown[],
): fc.Arbitrary<unknown> {
  const value = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...words) }, junk);
  return fc.tuple(fc.constantFrom(...values), edits(value, 4)).map(changed);
}

/** The same as YAML, whose text is spoilt too. */
export function spoiltYaml(value: unknown, words: readonly unknown[]): fc.Arbitrary<string> {
  return fc
    .tuple(spoiltValues([value], words), spoiltText)
    .map(([tree, spoil]) => spoil(stringify(tree, { aliasDuplicateObjects: false })));
}

/** A value changed in one place, to one of some values. */
export function spoiltOnce(value: unknown, words: readonly unknown[]): fc.Arbitrary<unknown> {
  return edits(fc.constantFrom(...words), 1).map((changes) => changed([value, changes]));
}

function changed([value, changes]: readonly [unknown, readonly Edit[]]): unknown {
  return changes.reduce(withEdit, structuredClone(value));
}

type Node = Record<string, unknown>;

function withEdit(tree: unknown, { path, what, value }: Edit): unknown {
  let parent: Node | null = null;
  let key = "";
  let node = tree;
  for (const step of path) {
    if (typeof node !== "object" || node === null) break;
    const keys = Object.keys(node);
    const next = keys[step % keys.length];
    if (next === undefined) break;
    parent = node as Node;
    key = next;
    node = parent[key];
  }
  if (parent === null) return what === "wrap" ? [tree] : structuredClone(value);
  // A copy: the next input has the same words.
  change(parent, key, { what, value: structuredClone(value) });
  return tree;
}

function change(parent: Node, key: string, { what, value }: Pick<Edit, "what" | "value">): void {
  const old = parent[key];
  if (what === "replace") parent[key] = value;
  else if (what === "wrap") parent[key] = [old];
  else if (what === "repeat") {
    if (Array.isArray(parent)) parent.push(structuredClone(old));
    else parent[key] = [old, old];
  } else if (what === "remove") {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  } else if (what === "rename") {
    delete parent[key];
    // Not by assignment, which takes __proto__ for another thing.
    const name = typeof value === "string" ? value : "more";
    const own = { value: old, enumerable: true, configurable: true, writable: true };
    Object.defineProperty(parent, name, own);
  } else {
    const [other = key] = Object.keys(parent);
    [parent[key], parent[other]] = [parent[other], old];
  }
}

/** A change to a text. */
export const spoiltText: fc.Arbitrary<(text: string) => string> = fc.oneof(
  { weight: 6, arbitrary: fc.constant((text: string) => text) },
  fc.nat().map((at) => (text: string) => text.slice(0, at % (text.length + 1))),
  fc
    .tuple(
      fc.nat(),
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 20 }),
        fc.constantFrom(
          "\t",
          "\r",
          "\u0000",
          "\ufeff",
          "\n---\n",
          "&a [*a]",
          "? ",
          "!!js ",
          "]",
          "{",
          '"',
          "\n\n",
          "1e999",
        ),
      ),
    )
    .map(([at, more]) => (text: string) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + more + text.slice(place);
    }),
  fc.tuple(fc.nat(), fc.nat(), fc.nat(3)).map(([from, to, times]) => (text: string) => {
    const lines = text.split("\n");
    const [line = ""] = lines.splice(from % lines.length, 1);
    lines.splice(to % (lines.length + 1), 0, ...Array<string>(times).fill(line));
    return lines.join("\n");
  }),
);
