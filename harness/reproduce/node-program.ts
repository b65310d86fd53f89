import { fillIn } from "./call-text.ts";
import type { Call } from "./calls.ts";
import { openingComment } from "./opening-comment.ts";
import { outcomePattern } from "./outcome-pattern.ts";
import type { ProgramStep, Reproduction } from "./reproduction.ts";

/** A program for Node: two servers by its own API, as node:net and node:dgram make them. */
export function nodeProgram(reproduction: Reproduction): string {
  const { steps, ports, expectation, experiment } = reproduction;
  const { module } = SERVERS[experiment.protocol];
  const [first = "", second = ""] = steps.map((step) => openText(step, reproduction));
  const patterns = (expectation?.allowed ?? []).map(outcomePattern);
  return [
    ...openingComment(reproduction, COMMANDS).map((line) => `// ${line}`.trimEnd()),
    `import ${module} from "node:${module}";`,
    'import { once } from "node:events";',
    "",
    `const PORT = ${ports.same};`,
    ...(`${first}${second}`.includes("OTHER_PORT") ? [`const OTHER_PORT = ${ports.other};`] : []),
    "",
    ATTEMPT,
    "",
    `const first = await attempt(() => ${first});`,
    'if (first !== "success") {',
    "  console.log(`first: ${first}`);",
    "  process.exit(3);",
    "}",
    `const second = await attempt(() => ${second});`,
    "console.log(`second: ${second}`);",
    expectation
      ? `process.exit([${patterns.map((pattern) => `/${pattern}/`).join(", ")}].some((each) => each.test(second)) ? 0 : 1);`
      : "process.exit(0);",
    "",
  ].join("\n");
}

const COMMANDS = { posix: "node reproduce.mjs", windows: "node reproduce.mjs" };

/** Each protocol's module, and how a server of it opens. */
const SERVERS = {
  tcp: {
    module: "net",
    open: 'net.createServer().listen({ host: "<address>", port: <port>, ipv6Only: <v6-only><flags><exclusive> })',
  },
  udp: {
    module: "dgram",
    open: 'dgram.createSocket({ type: "<type>", ipv6Only: <v6-only><flags> }).bind({ address: "<address>", port: <port><exclusive> })',
  },
} as const;

// An error that Node finds before it binds names no call of the system.
const ATTEMPT = `async function attempt(open) {
  try {
    await once(open(), "listening");
    return "success";
  } catch ({ code, errno, syscall }) {
    const call = ["bind", "listen"].includes(syscall) ? syscall : "set-option";
    return \`\${code} (\${process.platform === "win32" ? errno : Math.abs(errno)}) at \${call}\`;
  }
}`;

type Opening = Extract<Call, { do: "open-node" }>;

function openText({ calls }: ProgramStep, { ports, experiment }: Reproduction): string {
  const call = calls.find((each): each is Opening => each.do === "open-node");
  if (!call) throw new Error("a system socket is not for Node");
  const flags = call.options.filter((option) => option !== "exclusive");
  return fillIn(SERVERS[experiment.protocol].open, {
    address: call.address,
    port: call.port === ports.other ? "OTHER_PORT" : "PORT",
    type: call.family === "ipv4" ? "udp4" : "udp6",
    "v6-only": String(call.family === "ipv6"),
    flags: flags.map((option) => `, ${option}: true`).join(""),
    exclusive: call.options.includes("exclusive") ? ", exclusive: true" : "",
  });
}
