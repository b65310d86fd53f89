import { expect, test } from "vitest";
import { openBinders } from "./binders.ts";

test("No binder is started once the audit is over.", async () => {
  const binders = openBinders(new AbortController().signal);
  binders.end();
  await expect(binders.hello()).rejects.toThrow("the audit is over");
});
