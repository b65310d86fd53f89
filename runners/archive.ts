import { gzipSync } from "node:zlib";

/** A file of an archive. */
export interface ArchiveFile {
  /** With slashes, from the folder that the archive will be unpacked in. */
  readonly path: string;
  readonly content: Buffer;
}

/**
 * Many files as one: in gzip, the length of the list of names and sizes in 4 bytes, that list as JSON, and the contents.
 * Not tar, because the other side has nothing but Node to unpack it.
 */
export function packArchive(files: readonly ArchiveFile[]): Buffer {
  const names = Buffer.from(
    JSON.stringify(files.map(({ path, content }) => [path, content.length])),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(names.length);
  return gzipSync(Buffer.concat([length, names, ...files.map(({ content }) => content)]));
}
