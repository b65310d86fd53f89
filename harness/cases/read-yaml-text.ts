import { readInput } from "../inputs/read-input.ts";

/**
 * The text of a YAML file, or what is wrong with the file; `what` names its kind (`a case file`). Never throws. Reads no
 * more than it takes to know that it is too much, also from what never ends, such as /dev/zero.
 */
export function readYamlText(file: string, what: string): string | { readonly message: string } {
  try {
    const bytes = readInput(file, MOST_BYTES);
    if (bytes.length > MOST_BYTES)
      return { message: `the file is too large (at most ${MOST_BYTES} bytes)` };
    if (bytes.includes(0)) return { message: `the file is binary (${what} is YAML in UTF-8)` };
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return { message: "there is no such file" };
    if (code === "EISDIR") return { message: "this is a folder (name the files in it)" };
    if (error instanceof TypeError)
      return { message: `the file is not text in UTF-8 (${what} is YAML in UTF-8)` };
    return { message: `the file cannot be read: ${code ?? (error as Error).message}` };
  }
}

// A hand-written table is a few kilobytes, a measured one two megabytes. This much takes seconds to parse.
const MOST_BYTES = 8 * 1024 * 1024;
