import { readFileSync } from "node:fs";

/** An entry of passwd(5). */
interface PasswdEntry {
  readonly name: string;
  readonly gid: number;
}

/** The user of a number; null where the file has none. */
export function findUser(uid: number): PasswdEntry | null {
  const line = readPasswd().find((fields) => fields[2] === String(uid));
  return line ? { name: line[0] ?? "", gid: Number(line[3]) } : null;
}

// name:password:UID:GID:...
function readPasswd(): string[][] {
  try {
    return readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .map((line) => line.split(":"));
  } catch {
    return [];
  }
}
