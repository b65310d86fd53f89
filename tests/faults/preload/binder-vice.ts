// Loaded into every process of a run: in a binder, replies go through a vice at moments that chance chooses. Its
// first line, which says who it is, stays whole: for that one the harness waits a minute.
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { createRandom } from "../random.ts";
import { VICES, type ViceName } from "./vices.ts";

/** What a run is given in its environment, as JSON. */
export interface ViceSetting {
  readonly vice: ViceName;
  readonly seed: string;
  /** How likely a reply is hit. */
  readonly chance: number;
  /** No more than this are hit in a run. Each makes a file in the folder. */
  readonly most: number;
  readonly folder: string;
}

const told = process.env["BINDCHECK_TEST_VICE"];
if (told !== undefined && path.basename(process.argv[1] ?? "") === "binder.cjs")
  takeVice(JSON.parse(told) as ViceSetting);

function takeVice({ vice, seed, chance, most, folder }: ViceSetting): void {
  const random = createRandom(`${seed} ${process.pid}`);
  const write = process.stdout.write.bind(process.stdout);
  const isAmongTheFirst = (): boolean =>
    Array.from({ length: most }, (_, index) => path.join(folder, String(index))).some(
      isFirstToMake,
    );
  let isGreeted = false;
  process.stdout.write = (line: string | Uint8Array): boolean => {
    if (isGreeted && random.fraction() < chance && isAmongTheFirst())
      VICES[vice](String(line), (text) => void write(text), random);
    else write(line);
    isGreeted = true;
    return true;
  };
}

function isFirstToMake(file: string): boolean {
  try {
    closeSync(openSync(file, "wx"));
    return true;
  } catch {
    return false;
  }
}
