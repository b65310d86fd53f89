import { isIpv6Text, isOnlyBound } from "../model/address.ts";
import { isMembership, isSteering } from "../model/options/steering.ts";
import { socketMade } from "../model/steps.ts";
import { isAddressKind, type Family } from "../model/vocabulary.ts";
import type { PlacedEndpoint } from "./check-options.ts";
import type { Report } from "./check-scenarios.ts";
import { parseOptionSet } from "../model/options/option-setting.ts";
import type { CaseScenario } from "./scenario-schema.ts";
import type { CaseDocument } from "./schema.ts";

/** What could send something off the machine: addresses of others, options that lead elsewhere. */
export function checkTraffic(
  { scenarios = [], matrix }: CaseDocument,
  endpoints: readonly PlacedEndpoint[],
  problem: Report,
): void {
  for (const [index, { steps }] of scenarios.entries())
    checkSteps(["scenarios", index, "steps"], steps, [matrix.family].flat(), problem);
  for (const { path, endpoint } of endpoints) {
    const isOwn = endpoint.options !== undefined;
    for (const set of [endpoint.options ?? matrix.options ?? []].flat())
      for (const setting of parseOptionSet(set))
        if (isMembership(setting) || (endpoint.state === "connected" && isSteering(setting, "")))
          problem(
            isOwn ? [...path, "options"] : ["matrix", "options"],
            `'${setting}' of an endpoint that sends could lead off this machine (allowed: of 'bound' and 'listening' endpoints)`,
          );
  }
}

type Step = CaseScenario["steps"][number];

function checkSteps(
  path: PropertyKey[],
  steps: readonly Step[],
  families: readonly Family[],
  problem: Report,
): void {
  const sockets = new Map<string, Sending>();
  for (const [index, step] of steps.entries()) {
    const set = settingsOf(step);
    const membership = set.find(isMembership);
    if (membership !== undefined)
      problem(
        [...path, index],
        `'${membership}' joins a group (allowed: the steps join-group and join-source-group)`,
      );
    if (step.do === "connect" || step.do === "census")
      checkFamily([...path, index, "address"], step, families, problem);
    const before = ("socket" in step && sockets.get(step.socket)) || NOTHING;
    const now: Sending = {
      isForeign: before.isForeign || (bindsOn(step) && isOnlyBound(step.address)),
      steering: new Set([...before.steering, ...set.filter(mayKeepFromSending).map(optionIn)]),
      to: step.do === "connect" || step.do === "census" ? step.address : before.to,
    };
    const obstacle = isSending(step) ? findObstacle(now) : null;
    if (obstacle !== null) {
      const name = "socket" in step ? step.socket : step.do;
      problem([...path, index], `'${name}' ${obstacle} (allowed: steps that send nothing)`);
    }
    if ("socket" in step) sockets.set(step.socket, now);
    if (step.do === "accept") sockets.set(socketMade(step) ?? "", before);
  }
}

/** A bind may name an address of the other family, to see it refused; nothing is sent to one. */
function checkFamily(
  path: PropertyKey[],
  { address, family }: { readonly address: string; readonly family?: Family | undefined },
  families: readonly Family[],
  problem: Report,
): void {
  const other = (family === undefined ? families : [family]).find(
    (each) => isIpv6Text(address) !== (each !== "ipv4"),
  );
  if (other !== undefined && !isAddressKind(address))
    problem(path, `'${address}' is not an address of ${other} (allowed: of the step's family)`);
}

/** What is known of a socket: whether its address may be another machine's, the options that lead elsewhere, to whom it sends. */
interface Sending {
  readonly isForeign: boolean;
  readonly steering: ReadonlySet<string>;
  readonly to: string;
}

const NOTHING: Sending = { isForeign: false, steering: new Set(), to: "" };

function settingsOf(step: Step): string[] {
  if (step.do === "set-option") return [`${step.option}=${step.value}`];
  return "options" in step ? parseOptionSet(step.options ?? "none") : [];
}

function bindsOn(step: Step): step is Extract<Step, { do: "open" | "bind" }> {
  return step.do === "open" || step.do === "bind";
}

function isSending({ do: verb }: Step): boolean {
  return verb === "connect" || verb === "census" || verb === "send" || verb === "fill";
}

/** Whether an option leads elsewhere what is sent to an address or to a group. */
function mayKeepFromSending(setting: string): boolean {
  return isSteering(setting, "224.0.0.1");
}

function optionIn(setting: string): string {
  return setting.split("=")[0] ?? "";
}

function findObstacle({ isForeign, steering, to }: Sending): string | null {
  if (isForeign) return "has an address that may be another machine's";
  const option = [...steering].find((each) => isSteering(each, to));
  return option === undefined ? null : `sets ${option}, which could lead off this machine`;
}
