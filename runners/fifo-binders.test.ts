import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { fifoBinders } from "./fifo-binders.ts";

test.skipIf(process.platform === "win32")(
  "A binder that ends after the run's folder was removed is heard to the end.",
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "fifo-"));
    const script = "echo my last words >&2; sleep 0.3; exit 3";
    const words = ["sh", "-c", script];
    const start = fifoBinders({ words, environment: {}, folder, pathThere: (file) => file });
    const heard: string[] = [];
    const how = await new Promise<string>((resolve) => {
      start({ onText: () => undefined, onWords: (text) => heard.push(text), onEnd: resolve });
      rmSync(folder, { recursive: true });
    });
    expect(how).toBe("ended by itself (exit 3)");
    expect(heard.join("")).toBe("my last words\n");
  },
);
