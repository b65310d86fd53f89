import { expect, test } from "vitest";
import { problemsOf, scenarioFile } from "../../tests/samples/scenario.ts";

const HOLDER = "{ by: first, do: open, socket: holder, address: specific, expect: success }";

const steps = (...lines: readonly string[]): string =>
  scenarioFile(`scenarios:
  - name: one
    says: Something.
    steps:
${lines.map((line) => `      - ${line}`).join("\n")}`);

test("A scenario whose sockets are there before they are used is right.", () => {
  expect(
    problemsOf(
      steps(
        HOLDER,
        "{ by: peer, do: connect, socket: client, address: specific }",
        "{ by: first, do: accept, socket: holder, as: connection }",
        "{ by: first, do: bind, socket: connection, address: specific, expect: EINVAL }",
        "{ do: census, address: specific, among: [holder, client], expect: to holder+client | to each }",
      ),
    ),
  ).toEqual([]);
});

test.each([
  [
    "{ by: first, do: open, socket: all, address: specific }",
    "a socket cannot be called 'all' (it is a word of a census)",
  ],
  [
    "{ by: first, do: accept, socket: holder, as: each }",
    "a socket cannot be called 'each' (it is a word of a census)",
  ],
  [
    "{ by: first, do: listen, socket: holder, backlog: 5 }",
    "unknown key 'backlog' (allowed: do, by, socket, expect)",
  ],
  [
    "{ by: first, do: listne, socket: holder }",
    "'do' is 'listne' (allowed: open, bind, set-option, get-option, local-address, set-linger, join-group, ",
  ],
  ["{ by: first, do: listne, socket: holder }", "(did you mean 'listen'?)"],
  [
    "{ by: first, do: open, socket: other, address: specific, port: 0 }",
    "'port' is '0' (allowed: same, other, auto, 1 to 65535, { of: SOCKET })",
  ],
  [
    "{ by: second, do: open, socket: other, address: specific, port: { of: unknown } }",
    "there is no socket 'unknown' yet (there are: holder)",
  ],
  [
    "{ by: first, do: open, socket: other, address: here }",
    "'address' is 'here' (allowed: wildcard, specific, ",
  ],
  [
    "{ by: first, do: set-option, socket: holder, option: SO_RCVTIMEO, value: soon }",
    "'soon' does not fit SO_RCVTIMEO (allowed: a time in milliseconds)",
  ],
  [
    "{ by: first, do: open, socket: other, options: SO_LINGER=5, address: specific }",
    "'5' does not fit SO_LINGER (allowed: ON:SECONDS, such as 1:5)",
  ],
  [
    "{ by: first, do: open, socket: other, options: SO_BINDTODEVICE, address: specific }",
    "SO_BINDTODEVICE needs a value (write 'SO_BINDTODEVICE=VALUE' with the name of an interface",
  ],
  [
    "{ by: first, do: open, socket: other, options: SO_REUSEADDR=1, address: specific }",
    "'SO_REUSEADDR=1' has a value (write 'SO_REUSEADDR' to turn it on, or leave it out)",
  ],
  [
    "{ by: first, do: open, socket: other, options: IPV6_V6ONLY=0, address: specific }",
    "'IPV6_V6ONLY=0' is what 'family' says (write 'family: dual' for 0, 'family: ipv6' for 1)",
  ],
  [
    "{ by: first, do: open, socket: other, options: SO_REUSADDR, address: specific }",
    "(did you mean 'SO_REUSEADDR'",
  ],
  [
    "{ by: first, do: get-option, socket: holder, option: SO_RCVBUFF }",
    "(did you mean 'SO_RCVBUF'",
  ],
  [
    "{ by: first, do: get-option, socket: holder, option: SO_RCVBUF, expect: size -1 }",
    "'size -1' is not an outcome",
  ],
  [
    "{ by: first, do: listen, socket: holder, expect: value 1 }",
    "'value 1' of 'listen', which reads nothing",
  ],
  ["{ by: first, do: join-group, socket: holder, group: 10.0.0.1 }", "'10.0.0.1' is not a group"],
  [
    '{ by: first, do: block-source, socket: holder, group: 239.1.2.3, source: "::1" }',
    "'::1' is not of the family of 239.1.2.3 (allowed: an IPv4 address)",
  ],
  [
    "{ by: first, do: connect, socket: holder, options: SO_BROADCAST, address: specific }",
    "'options' of a socket that is there already",
  ],
  [
    '{ by: first, do: connect, socket: client, address: "::1" }',
    "'::1' is not an address of ipv4 (allowed: of the step's family)",
  ],
  [
    "{ do: census, family: dual, address: 239.1.2.3, among: [holder] }",
    "'239.1.2.3' is not an address of dual",
  ],
  ["{ by: first, do: listen, socket: other }", "there is no socket 'other' yet"],
  ["{ by: first, do: accept, socket: other, as: one }", "there is no socket 'other' yet"],
  ["{ do: census, address: specific, among: [other] }", "there is no socket 'other' yet"],
  [
    "{ do: census, address: specific, among: [holder], expect: to other }",
    "'other' is not counted (allowed: each, all, nobody, holder)",
  ],
  [
    "{ do: census, address: specific, among: [holder], expect: to holder+other }",
    "'other' is not counted",
  ],
])("%s is refused where it stands.", (line, message) => {
  const [problem, ...others] = problemsOf(steps(HOLDER, line));
  expect(problem).toMatch(/^14: /);
  expect(problem).toContain(message);
  expect(others).toEqual([]);
});

test("An address of the other family is bound, to see that refused.", () => {
  const line = '{ by: first, do: open, socket: other, address: "::1", expect: EINVAL }';
  expect(problemsOf(steps(HOLDER, line))).toEqual([]);
});

const ONE = "{ by: first, do: open, socket: one, address: wildcard }";
const TO_GROUP = "{ by: first, do: connect, socket: one, address: 239.1.2.3 }";
const SET_TTL = "{ by: first, do: set-option, socket: one, option: IP_MULTICAST_TTL, value: 3 }";

test.each([
  [ONE, "{ by: first, do: bind, socket: one, address: 192.0.2.1 }", "an address that may be"],
  [
    ONE,
    "{ by: first, do: set-option, socket: one, option: IP_UNICAST_IF, value: 2 }",
    "IP_UNICAST",
  ],
  [ONE.replace("address", "options: SO_BINDTODEVICE=eth0, address"), "SO_BINDTODEVICE"],
  [ONE, TO_GROUP, SET_TTL, "IP_MULTICAST_TTL"],
])("Nothing is sent from a socket after %s.", (...lines) => {
  const message = lines.pop() ?? "";
  const [problem, ...others] = problemsOf(
    steps(HOLDER, ...lines, "{ by: first, do: send, socket: one, bytes: 1 }"),
  );
  expect(problem).toMatch(new RegExp(`^${14 + lines.length}: 'one' `));
  expect(problem).toContain(message);
  expect(problem).toContain("(allowed: steps that send nothing)");
  expect(others).toEqual([]);
});

test("What is set before a socket sends to a group is refused where it is connected.", () => {
  expect(problemsOf(steps(HOLDER, ONE, SET_TTL, TO_GROUP))).toEqual([
    "16: 'one' sets IP_MULTICAST_TTL, which could lead off this machine (allowed: steps that send nothing)",
  ]);
  const census = "{ do: census, address: 239.1.2.3, options: IP_MULTICAST_TTL=3, among: [holder] }";
  expect(problemsOf(steps(HOLDER, census))).toHaveLength(1);
  const toSelf = TO_GROUP.replace("239.1.2.3", "specific");
  expect(problemsOf(steps(HOLDER, ONE, SET_TTL, toSelf))).toEqual([]);
});

test("A group is joined by its own step alone, which stays on the loopback interface.", () => {
  const set = "option: IP_ADD_MEMBERSHIP, value: '0xef0102030a000001'";
  expect(
    problemsOf(steps(HOLDER, `{ by: first, do: set-option, socket: holder, ${set} }`)),
  ).toEqual([
    "14: 'IP_ADD_MEMBERSHIP=0xef0102030a000001' joins a group (allowed: the steps join-group and join-source-group)",
  ]);
});

test("A connected endpoint sets nothing that leads off the machine.", () => {
  const pair = (state: string) =>
    scenarioFile(`pairs:
  - first: { options: IP_UNICAST_IF=2, address: specific, state: ${state} }
    second: { options: none, address: specific }
    expect: success`);
  expect(problemsOf(pair("bound"))).toEqual([]);
  expect(problemsOf(pair("connected")).join("\n")).toContain("'IP_UNICAST_IF=2' of an endpoint");
});

test("A scenario that looks at nothing is refused.", () => {
  expect(problemsOf(steps("{ by: first, do: open, socket: holder, address: specific }"))).toEqual([
    "13: no step has 'expect' (allowed: at least one, 'undetermined' where it is only observed)",
  ]);
});

const ofLinux = (text: string): string => text.replace("platform: any", "platform: linux");

test("A number of Winsock in a document of Linux is refused where it is a code, in rows of options too.", () => {
  const scenario = steps(
    HOLDER,
    "{ by: first, do: listen, socket: holder, expect: 10048 | listen 10013 }",
    "{ by: first, do: get-option, socket: holder, option: SO_RCVBUF, expect: value 10048 size 4 }",
  );
  const isNone = "is a number of Winsock, and linux has none (write a name of errno.h";
  expect(problemsOf(ofLinux(scenario)).map((problem) => problem.split(", such")[0])).toEqual([
    `14: '10048' ${isNone}`,
    `14: '10013' ${isNone}`,
  ]);
  const rows = scenarioFile(`options:
  - { option: SO_RCVBUF, default: 10048, read-back: value 10022 }
  - { option: SO_SNDBUF, set: yes, set-wrong: 10022 }`);
  expect(problemsOf(rows)).toEqual([]);
  expect(problemsOf(ofLinux(rows)).map((problem) => problem.split(", such")[0])).toEqual([
    `11: '10022' ${isNone}`,
  ]);
});

const sequence = (runs: string): string =>
  scenarioFile(`sequences:
  says: Something.
  afterwards: [specific]
  runs:
    - ${runs}`);

test.each([
  ["{ name: a, open: [wildcard], expect: [success] }", "13: outcomes of this run: 1 (it needs 2"],
  ["{ name: a, open: [anywhere], expect: [success, success] }", "'anywhere' is not a socket"],
  [
    "{ name: a, open: [IPV6_V6ONLY@wildcard], expect: [success, success] }",
    "13: 'IPV6_V6ONLY' is what 'family' says (write 'family: dual' for 0, 'family: ipv6' for 1)",
  ],
  [
    "{ name: a, open: [SO_X@wildcard], expect: [success, success] }",
    "unknown option 'SO_X' (allowed: none, SO_EXCLUSIVEADDRUSE",
  ],
])("The run %s is refused.", (run, message) => {
  expect(problemsOf(sequence(run)).join("\n")).toContain(message);
});

test("A name that comes twice is refused, option sets being part of it.", () => {
  const run = "open: [wildcard], expect: [success, success]";
  const twice = `{ name: a, ${run} }\n    - { name: a, ${run} }`;
  expect(problemsOf(sequence(twice)).join("\n")).toContain("'a' is there twice");
  const apart = `{ name: a, options: none, ${run} }\n    - { name: a, options: SO_REUSEADDR, ${run} }`;
  expect(problemsOf(sequence(apart))).toEqual([]);
});
