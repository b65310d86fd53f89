import { expect, test } from "vitest";
import { sampleEndpoint, sampleExperiment } from "../../tests/samples/experiment.ts";
import { claimsOf, scenarioFile } from "../../tests/samples/scenario.ts";
import { partsOf, partsVouchedFor, planExperiments } from "./plan.ts";

test("An experiment that several claims speak of is planned once, where it first comes.", () => {
  const [one, two, three] = (["tcp", "udp", "tcp"] as const).map((protocol) =>
    sampleExperiment({ protocol }),
  );
  const planned = planExperiments(
    [one, two, three].map((experiment) => ({ experiment: experiment! })),
  );
  expect(planned.map(({ id }) => id)).toEqual([one?.id, two?.id]);
});

test("An experiment needs the parts of both its endpoints, each once.", () => {
  expect(partsOf(sampleExperiment({ protocol: "udp" }))).toEqual(["udp/ipv4"]);
  const second = sampleEndpoint({ family: "ipv4" });
  expect(partsOf(sampleExperiment({ family: "dual", second }))).toEqual(["tcp/dual", "tcp/ipv4"]);
});

test("IPv6 as the system makes it needs what IPv6 needs: no control has a family of that kind.", () => {
  const family = "ipv6-as-made";
  const second = sampleEndpoint({ family, state: "connected" });
  expect(partsOf(sampleExperiment({ family, second }))).toEqual(["tcp/ipv6", "tcp/ipv6/traffic"]);
});

const withMember = (family: string, ...steps: readonly string[]) => {
  const [claim] = claimsOf(
    scenarioFile(`scenarios:
  - name: member
    says: A member receives.
    steps:
      - { by: first, do: open, socket: one, address: wildcard, expect: success }
${steps.map((step) => `      - ${step}`).join("\n")}`)
      .replace("protocol: tcp", "protocol: udp")
      .replace("family: ipv4", `family: ${family}`),
  );
  return claim!.experiment;
};

test.each([
  ["ipv4", "join-group", "239.255.77.9", ""],
  ["ipv4", "join-source-group", "239.255.77.9", ", source: 127.0.0.1"],
  ["ipv6", "join-group", '"ff12::77:9"', ""],
])("What sends to a group over %s needs multicast too, by %s.", (family, join, group, more) => {
  const experiment = withMember(
    family,
    `{ by: first, do: ${join}, socket: one, group: ${group}${more} }`,
    `{ do: census, address: ${group}, among: [one], count: 1, expect: to all }`,
  );
  const part = `udp/${family}`;
  expect(partsOf(experiment)).toEqual([part, `${part}/multicast`, `${part}/traffic`]);
  // As a control it vouches for nothing else.
  expect(partsVouchedFor(experiment)).toEqual([`${part}/multicast`]);
});

test("What only joins a group needs no multicast.", () => {
  const joins = "{ by: first, do: join-group, socket: one, group: 239.255.77.9 }";
  expect(partsOf(withMember("ipv4", joins))).toEqual(["udp/ipv4"]);
  expect(partsVouchedFor(sampleExperiment({ protocol: "udp" }))).toEqual(["udp/ipv4"]);
});

test("What connects or sends needs the way between its endpoints too, and a control of that vouches for nothing else.", () => {
  const connected = sampleExperiment({ second: sampleEndpoint({ state: "connected" }) });
  expect(partsOf(connected)).toEqual(["tcp/ipv4", "tcp/ipv4/traffic"]);
  const experimentOf = (step: string) => {
    const [claim] = claimsOf(
      scenarioFile(`scenarios:
  - name: sends
    says: it arrives
    steps:
      - { by: first, do: open, socket: a, address: specific, state: listening, expect: success }
      - ${step}`),
    );
    if (!claim) throw new Error("there is one");
    return claim.experiment;
  };
  const census = experimentOf("{ do: census, address: specific, among: [a], expect: to a }");
  const connects = experimentOf("{ by: peer, do: connect, socket: b, address: specific }");
  for (const sending of [census, connects]) {
    expect(partsOf(sending)).toEqual(["tcp/ipv4", "tcp/ipv4/traffic"]);
    expect(partsVouchedFor(sending)).toEqual(["tcp/ipv4/traffic"]);
  }
  const closes = experimentOf("{ by: first, do: close, socket: a }");
  expect(partsOf(closes)).toEqual(["tcp/ipv4"]);
  expect(partsVouchedFor(closes)).toEqual(["tcp/ipv4"]);
});
