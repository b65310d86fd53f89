import { openingComment } from "./opening-comment.ts";
import { outcomePattern } from "./outcome-pattern.ts";
import type { Act, Call, Reproduction } from "./reproduction.ts";

/** A program for Node: two servers by its own API, as node:net and node:dgram make them. */
export function nodeProgram(reproduction: Reproduction): string {
  const { acts, ports, expectation, experiment } = reproduction;
  const isTcp = experiment.protocol === "tcp";
  const [first = "", second = ""] = acts.map((act) => openText(act, reproduction));
  const patterns = (expectation?.allowed ?? []).map(outcomePattern);
  return [
    ...openingComment(reproduction, COMMANDS).map((line) => `// ${line}`.trimEnd()),
    `import ${isTcp ? "net" : "dgram"} from "node:${isTcp ? "net" : "dgram"}";`,
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

// What Node finds out before it binds has no call of its own.
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

function openText({ calls }: Act, { ports, experiment }: Reproduction): string {
  const call = calls.find((each): each is Opening => each.do === "open-node");
  if (!call) throw new Error("a system socket is not for Node");
  const { family, address, options } = call;
  const isTcp = experiment.protocol === "tcp";
  const port = `port: ${call.port === ports.other ? "OTHER_PORT" : "PORT"}`;
  const isExclusive = options.includes("exclusive");
  const flags = options.filter((each) => each !== "exclusive").map((each) => `${each}: true`);
  const exclusive = isExclusive ? ["exclusive: true"] : [];
  const v6Only = `ipv6Only: ${family === "ipv6"}`;
  const host = `${isTcp ? "host" : "address"}: "${address}"`;
  if (isTcp)
    return `net.createServer().listen({ ${[host, port, v6Only, ...flags, ...exclusive].join(", ")} })`;
  const created = [`type: "${family === "ipv4" ? "udp4" : "udp6"}"`, v6Only, ...flags];
  const bound = [host, port, ...exclusive];
  return `dgram.createSocket({ ${created.join(", ")} }).bind({ ${bound.join(", ")} })`;
}
