import { experimentId } from "../../harness/model/experiment-id.ts";
import type { Endpoint, EndpointPair } from "../../harness/model/experiment.ts";

/** An endpoint with defaults for what is not given. */
export function sampleEndpoint(told: Partial<Endpoint> = {}): Endpoint {
  return {
    family: "ipv4",
    options: [],
    address: "wildcard",
    account: "same",
    api: "socket",
    state: "bound",
    ...told,
  };
}

/** An experiment over TCP and IPv4 with defaults for what is not given. */
export function sampleExperiment(told: Partial<Omit<EndpointPair, "id">> = {}): EndpointPair {
  const family = told.family ?? "ipv4";
  const content = {
    protocol: "tcp",
    family,
    first: sampleEndpoint({ family }),
    second: sampleEndpoint({ family }),
    ...told,
  } as const;
  return { id: experimentId(content), ...content };
}
