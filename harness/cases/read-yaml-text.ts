import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";

/**
 * The text of a YAML file, or what is wrong with the file; `what` names its kind (`a case file`). Never throws. Reads no
 * more than it takes to know that it is too much, also from what never ends, such as /dev/zero.
 */
export function readYamlText(file: string, what: string): string | { readonly message: string } {
  try {
    const bytes = readBytes(file);
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

function readBytes(file: string): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const stats = fstatSync(descriptor);
    if (stats.isFile() && stats.size <= MOST_BYTES) return readFileSync(descriptor);
    return readStart(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** One byte more than is allowed, at most. */
function readStart(descriptor: number): Buffer {
  const bytes = Buffer.alloc(MOST_BYTES + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read)
    read = readSync(descriptor, bytes, length, bytes.length - length, null);
  return bytes.subarray(0, length);
}
