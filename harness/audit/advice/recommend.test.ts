import { expect, test } from "vitest";
import type { EndpointPair } from "../../model/experiment.ts";
import { recommend } from "./recommend.ts";
import type { Statement } from "./statement.ts";

/** A statement on two UDP sockets of one address. */
function said(
  first: EndpointPair["first"]["options"],
  second: EndpointPair["second"]["options"],
  outcome: Statement["outcome"],
  source = "document",
): Statement {
  const common = {
    family: "ipv4",
    address: "wildcard",
    account: "same",
    api: "socket",
    state: "bound",
  } as const;
  const experiment: EndpointPair = {
    id: `${String(first)} > ${String(second)}`,
    protocol: "udp",
    family: "ipv4",
    first: { ...common, options: first },
    second: { ...common, options: second },
  };
  return { experiment, step: null, outcome, source };
}

const EXCLUSIVE = { wish: "exclusive", protocol: "udp", system: "linux" } as const;

test("Exclusive is the smallest set beside which every second socket is refused.", () => {
  const plain = said([], ["SO_REUSEADDR"], "refused");
  expect(recommend(EXCLUSIVE, [plain])).toMatchObject({ options: [], experiments: 1 });
  const open = said([], ["SO_REUSEPORT"], "success");
  expect(recommend(EXCLUSIVE, [plain, open])).toMatchObject({ options: null });
  const closed = said(["SO_EXCLUSIVEADDRUSE"], ["SO_REUSEADDR"], "refused");
  expect(recommend(EXCLUSIVE, [plain, open, closed])).toMatchObject({
    options: ["SO_EXCLUSIVEADDRUSE"],
  });
});

test("A set that sources disagree on is not it, and the disagreement is said.", () => {
  const found = recommend(EXCLUSIVE, [
    said([], ["SO_REUSEADDR"], "refused", "one page"),
    said([], ["SO_REUSEADDR"], "success", "its sibling"),
  ]);
  expect(found).toMatchObject({
    options: null,
    disagreements: [{ options: [], yes: ["one page"], no: ["its sibling"] }],
  });
});

test("That both bind is not enough to be shared: each has to get something.", () => {
  const both = said(["SO_REUSEPORT"], ["SO_REUSEPORT"], "success");
  expect(recommend({ ...EXCLUSIVE, wish: "shared" }, [both])).toMatchObject({
    options: null,
    unclear: [["SO_REUSEPORT"]],
  });
});

test("Of sets of one size the one that more is said of comes first.", () => {
  const found = recommend(EXCLUSIVE, [
    said(["SO_REUSEPORT"], [], "refused"),
    said(["SO_REUSEADDR"], [], "refused"),
    said(["SO_REUSEADDR"], ["SO_REUSEPORT"], "refused"),
  ]);
  expect(found).toMatchObject({ options: ["SO_REUSEADDR"], alternatives: [["SO_REUSEPORT"]] });
});

test("Where nothing is said there is no recommendation.", () => {
  expect(recommend({ ...EXCLUSIVE, protocol: "tcp" }, [said([], [], "refused")])).toBeNull();
});
