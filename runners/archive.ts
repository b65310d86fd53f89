import { gzipSync } from "node:zlib";

/** A file of an archive. */
export interface ArchiveFile {
  /** With slashes, from the folder that the archive will be unpacked in. */
  readonly path: string;
  readonly content: Buffer;
}

/** Many files as one, in JSON with a character for each byte: the other side has nothing but Node to unpack it. */
export function packArchive(files: readonly ArchiveFile[]): Buffer {
  const texts = files.map(({ path, content }) => [path, content.toString("latin1")]);
  return gzipSync(JSON.stringify(texts));
}
