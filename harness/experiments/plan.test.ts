import { expect, test } from "vitest";
import { sampleEndpoint, sampleExperiment } from "../../tests/samples/experiment.ts";
import { partsOf, planExperiments } from "./plan.ts";

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
