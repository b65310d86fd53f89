import { readTeamConfig } from "../../../harness/session/read-team-config.ts";
import { takeFile, type FuzzKind } from "../kind.ts";
import { spoiltYaml } from "../spoil.ts";

const SAMPLE = {
  targets: { build: "ssh:qa@win2022.example", box: "exec:docker exec -i box node binder.cjs" },
  fleets: {
    all: { on: ["build", "box", "local"], files: "cases", protocol: ["tcp"], family: "ipv4" },
    some: { on: "available", document: ["socket-7/bound"], filter: "/none/" },
  },
};

const WORDS = [
  "local",
  "netns",
  "wine@8.0",
  "uml",
  "available",
  "ssh:",
  "exec:",
  "ssh:-oProxyCommand=x",
  "build",
  "tcp",
  "dual",
  "/(/",
  "/^(.+)+$/",
  "cases",
  "constructor",
  ["build", "build"],
  "all",
];

export function configs(): FuzzKind {
  return {
    name: "configs",
    what: "team files",
    share: 5,
    texts: spoiltYaml(SAMPLE, WORDS),
    take: (_text, file) => takeFile(file, () => readTeamConfig(file)),
  };
}
