import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** Folders of the cross compiler's libraries, and of Wine's own for the same processor. */
const PROCESSORS = { i686: "i386-windows", x86_64: "x86_64-windows" } as const;

// Wine takes a DLL as its own by this mark behind the DOS header (dlls/ntdll/unix/loader.c, is_builtin_dll).
const MARK = "Wine builtin DLL";
const MARK_AT = 64;
const MARK_SIZE = 32;

/** Does what the scripts of Debian's Wine 10 do after unpacking: marks its copies of zlib as Wine's own. */
export async function finishWine(root: string): Promise<void> {
  for (const [processor, folder] of Object.entries(PROCESSORS)) {
    const libraries = path.join(root, `usr/${processor}-w64-mingw32/lib`);
    const names = await readdir(libraries).catch(() => []);
    for (const name of names.filter((each) => /^zlib.*\.dll$/.test(each))) {
      const dll = await readFile(path.join(libraries, name));
      dll.fill(0, MARK_AT, MARK_AT + MARK_SIZE);
      dll.write(MARK, MARK_AT, "latin1");
      const target = path.join(root, "usr/lib/x86_64-linux-gnu/wine", folder);
      await mkdir(target, { recursive: true });
      await writeFile(path.join(target, name), dll);
    }
  }
}
