/**
 * Takes text in pieces and hands over each whole line; the piece behind the last line feed waits for the rest. A line of
 * more than `most` characters goes to `refuse` instead, once, and nothing is kept of it or of what follows: a
 * line without an end cannot fill the memory.
 */
export function splitLines(
  take: (line: string) => void,
  most: number,
  refuse: () => void,
): (chunk: string) => void {
  let pieces: string[] = [];
  let length = 0;
  let isRefused = false;
  return (chunk) => {
    if (isRefused) return;
    let from = 0;
    for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", from)) {
      const last = chunk.slice(from, end);
      from = end + 1;
      if (pieces.length === 0) take(last);
      else {
        take(pieces.join("") + last);
        pieces = [];
        length = 0;
      }
    }
    const rest = from === 0 ? chunk : chunk.slice(from);
    if (rest === "") return;
    pieces.push(rest);
    length += rest.length;
    if (length <= most) return;
    isRefused = true;
    pieces = [];
    refuse();
  };
}
