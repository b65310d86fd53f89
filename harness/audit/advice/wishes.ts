import type { EndpointPair } from "../../model/experiment.ts";
import type { Scenario } from "../../model/scenario.ts";
import type { Protocol } from "../../model/vocabulary.ts";
import type { Statement } from "./statement.ts";

/** What the owner of a port can want. */
export const WISHES = ["exclusive", "shared", "restart-at-once", "standby"] as const;

/** One of them. */
export type Wish = (typeof WISHES)[number];

/** What a statement says of a wish for a server that sets certain options. */
export interface Evidence {
  readonly options: readonly string[];
  readonly isFor: boolean;
  readonly statement: Statement;
}

/**
 * What a statement says of a wish; null when it says nothing. An option set gives a wish when all that is said of it is
 * for it. `exclusive`: no socket binds the server's address, or a part of it, beside the server. `shared`: a second
 * socket with the same options binds there too and each gets something. `restart-at-once`: the server's port is bound
 * again when a connection that it accepted is closed or still open. `standby`: a second socket binds beside the first,
 * which goes on getting all.
 */
export function weighStatement(wish: Wish, statement: Statement): Evidence | null {
  const { experiment, step } = statement;
  if ("scenario" in experiment) {
    if (step === null) return null;
    return wish === "restart-at-once"
      ? restart(experiment, step, statement)
      : delivery(wish, experiment, step, statement);
  }
  if (wish === "restart-at-once" || !("first" in experiment) || !isOverlap(experiment)) return null;
  const { first, second } = experiment;
  const options = first.options;
  const isRefused = statement.outcome === "refused";
  if (wish === "exclusive") return { options, isFor: isRefused, statement };
  const isAlike =
    String(options) === String(second.options) &&
    first.address === second.address &&
    second.account === "same";
  return isAlike ? { options, isFor: !isRefused, statement } : null;
}

/** A server of sockets, and a second one for the same address or a part of it. */
function isOverlap({ protocol, first, second }: EndpointPair): boolean {
  const isServer = ({ api, state }: EndpointPair["first"]): boolean =>
    api === "socket" && state !== "connected" && (protocol === "tcp" || state === "bound");
  const isWithin = first.address === second.address || first.address === "wildcard";
  return isServer(first) && isServer(second) && first.family === second.family && isWithin;
}

/** The step opens with the options of a listener, closed by then, from which a connection was accepted. */
function restart(scenario: Scenario, step: number, statement: Statement): Evidence | null {
  const { steps } = scenario.scenario;
  const again = steps[step];
  if (again?.do !== "open") return null;
  const before = steps.slice(0, step);
  const listener = before.find((each) => each.do === "open" && each.state === "listening");
  if (listener?.do !== "open") return null;
  const { socket, options } = listener;
  const isOver = before.some((each) => each.do === "close" && each.socket === socket);
  const hasServed = before.some((each) => each.do === "accept" && each.socket === socket);
  const isAlike = String(options) === String(again.options) && again.address === listener.address;
  // An option that is set later than the bind is another question.
  const isPlain = before.every(({ do: what }) => what !== "set-option");
  const isOnly = before.filter(({ do: what }) => what === "open").length === 1;
  if (!isOver || !hasServed || !isAlike || !isPlain || !isOnly) return null;
  return { options, isFor: statement.outcome === "success", statement };
}

/** A census among sockets that were opened alike: does each get something, or the first all? */
function delivery(
  wish: Wish,
  { scenario: { steps } }: Scenario,
  step: number,
  statement: Statement,
): Evidence | null {
  const { outcome } = statement;
  const census = steps[step];
  // Members of a multicast group get copies.
  if (steps.some(({ do: what }) => what === "join-group")) return null;
  if (wish === "exclusive" || census?.do !== "census") return null;
  const opened = steps.slice(0, step).filter((each) => each.do === "open");
  const [first, ...others] = opened;
  if (first === undefined || others.length === 0) return null;
  if (steps.slice(0, step).some(({ do: what }) => what === "close")) return null;
  const isAlike = others.every(
    (each) =>
      String(each.options) === String(first.options) &&
      each.address === first.address &&
      (each.family ?? "") === (first.family ?? "") &&
      each.by !== "other",
  );
  if (!isAlike || (outcome !== "each" && outcome !== "one")) return null;
  const isFor =
    wish === "shared" ? outcome === "each" : outcome === "one" && statement.to === first.socket;
  return { options: first.options, isFor, statement };
}

/** Whether another account's socket gets in beside a server that sets certain options. */
export function letsOthersIn(
  options: readonly string[],
  { experiment, outcome }: Statement,
): boolean {
  return (
    "first" in experiment &&
    isOverlap(experiment) &&
    experiment.second.account === "other" &&
    String(experiment.first.options) === String(options) &&
    outcome === "success"
  );
}

/** Whether the first socket of TCP listens, as a server's does. */
export function isAboutServers(protocol: Protocol, { experiment }: Statement): boolean {
  return protocol === "udp" || !("first" in experiment) || experiment.first.state === "listening";
}
