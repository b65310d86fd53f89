import { expect, test } from "vitest";
import { parseCaseFile } from "../cases/parse-case-file.ts";
import type { Outcome } from "../model/observation.ts";
import { optionDocuments, type SeenOption } from "./option-rows-text.ts";

const EXPERIMENT = {
  id: "tcp/ipv4 option SO_TYPE",
  protocol: "tcp",
  family: "ipv4",
  option: "SO_TYPE",
} as const;

function rowsOf(value: Outcome, get: Outcome = { kind: "success" }): string {
  const seen: SeenOption = {
    experiment: EXPERIMENT,
    outcome: { kind: "success" },
    steps: [
      { step: 0, label: "get", outcome: get },
      { step: 1, label: "default", outcome: value },
    ],
  };
  return optionDocuments("here", "windows", [seen], true).join("\n---\n");
}

test.each(["1", "-1", "0x010000000000000000", "-"])(
  "The default '%s' is frozen as a case file that is read again.",
  (value) => {
    const text = rowsOf({ kind: "value", value, size: 4 });
    expect(text).toContain(`- { option: SO_TYPE, get: "success", default: "${value}" }`);
    expect(parseCaseFile("here.yaml", text)).toMatchObject({ problems: [] });
  },
);

test("A default that may be anything is left out.", () => {
  expect(rowsOf({ kind: "value", value: "any", size: 512 })).toContain(
    '- { option: SO_TYPE, get: "success" }',
  );
});

test("An error of any name that case files know is frozen; another one is named in a comment.", () => {
  const refused = (code: string, errno: number): Outcome => ({
    kind: "error",
    step: "get-option",
    code,
    errno,
  });
  const one: Outcome = { kind: "value", value: "1", size: 4 };
  expect(rowsOf(one, refused("WSAEINVAL", 10_022))).not.toContain("# ");
  const text = rowsOf(one, refused("ESURPRISE", 2));
  expect(text).toContain("# tcp/ipv4 option SO_TYPE, get: ESURPRISE (2) at get-option");
  expect(parseCaseFile("here.yaml", text)).toMatchObject({ problems: [] });
});
