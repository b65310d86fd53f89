import * as fc from "fast-check";
import { stringify } from "yaml";
import { readTeamConfig } from "../../../harness/session/read-team-config.ts";
import { checkRefusal, type FuzzKind } from "../kind.ts";
import { spoiltText, spoiltValues } from "../spoil.ts";

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
    texts: fc
      .tuple(spoiltValues([SAMPLE], WORDS), spoiltText)
      .map(([tree, spoil]) => spoil(stringify(tree, { aliasDuplicateObjects: false }))),
    async take(_text, file) {
      try {
        readTeamConfig(file);
        return "accepted";
      } catch (error) {
        return checkRefusal(error, file);
      }
    },
  };
}
