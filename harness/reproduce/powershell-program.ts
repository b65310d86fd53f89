import { WINSOCK_NAMES } from "../model/error-codes.ts";
import type { ExpectedOutcome } from "../model/claim.ts";
import { openingComment } from "./opening-comment.ts";
import { outcomePattern } from "./outcome-pattern.ts";
import { pickHelpers, type Helper } from "./pick-helpers.ts";
import type { Act, Call, Reproduction } from "./reproduction.ts";

/** What a program in PowerShell can do. */
export const POWERSHELL_CALLS: ReadonlySet<Call["do"]> = new Set([
  "socket",
  "set-option",
  "set-linger",
  "bind",
  "listen",
  "connect",
  "accept",
  "send",
  "receive",
  "receive-end",
  "shutdown-send",
  "shutdown-receive",
  "close",
  "wait",
]);

/** A program in PowerShell 5.1 or newer for Windows, by the sockets of .NET. */
export function powershellProgram(reproduction: Reproduction): string {
  const { acts, ports, expectation, experiment } = reproduction;
  const isTcp = experiment.protocol === "tcp";
  const body = [
    ...acts.flatMap((act) => actLines(act, reproduction)),
    ...(expectation ? ["if ($asExpected) { exit 0 } else { exit 1 }"] : []),
  ].join("\n");
  return [
    ...openingComment(reproduction, COMMANDS).map((line) => `# ${line}`.trimEnd()),
    "using namespace System.Net",
    "using namespace System.Net.Sockets",
    "trap { [Console]::Error.WriteLine($_); exit 3 }",
    "",
    `$Port = ${ports.same}`,
    ...(body.includes("$OtherPort") ? [`$OtherPort = ${ports.other}`] : []),
    `$Type = '${isTcp ? "Stream" : "Dgram"}', '${isTcp ? "Tcp" : "Udp"}'`,
    "$sockets = @{}",
    "",
    ...pickHelpers(HELPERS, body).map((text) => `${text}\n`),
    `${body}\n`,
  ].join("\n");
}

const COMMANDS = {
  posix: null,
  windows: "powershell -ExecutionPolicy Bypass -File reproduce.ps1",
};

const NAMES = `$names = @{
${Object.entries(WINSOCK_NAMES)
  .map(([code, name]) => `  ${code} = '${name}'`)
  .join("\n")}
}`;

const HELPERS: readonly Helper[] = [
  { usedAs: /./, text: NAMES },
  {
    usedAs: /./,
    text: `# Makes calls, each behind its name, up to the first that fails.
function Attempt($calls) {
  for ($i = 0; $i -lt $calls.Count; $i += 2) {
    try { $null = & $calls[$i + 1] }
    catch {
      $cause = $_.Exception.GetBaseException()
      if ($cause -is [TimeoutException]) { return "$($cause.Message) at $($calls[$i])" }
      if ($cause -isnot [SocketException]) { throw }
      $number = $cause.NativeErrorCode
      return "$($names[$number]) ($number) at $($calls[$i])"
    }
  }
  'success'
}`,
  },
  {
    usedAs: /^Tell/m,
    text: `function Tell($step) {
  $script:outcome = Attempt $args
  [Console]::WriteLine("\${step}: $outcome")
}`,
  },
  {
    usedAs: /^Need/m,
    text: `function Need($step) {
  $outcome = Attempt $args
  if ($outcome -eq 'success') { return }
  [Console]::WriteLine("\${step}: $outcome")
  exit 3
}`,
  },
  {
    usedAs: /\bReceive\b|\bAwait\b/,
    text: `function Await($socket) {
  if (-not $socket.Poll(5000000, 'SelectRead')) { throw [TimeoutException] 'nothing-came' }
}`,
  },
  {
    usedAs: /\bReceive\b/,
    text: `function Receive($socket) {
  Await $socket
  $socket.Receive([byte[]]::new(65536))
}`,
  },
];

function actLines(act: Act, { ports, expectation }: Reproduction): string[] {
  const calls = act.calls.map((call) => `  ${callText(call, act, ports)}`);
  return [
    [`${act.observe ? "Tell" : "Need"} '${act.label}'`, ...calls].join(" `\n"),
    ...(expectation?.of === act.label
      ? [`$asExpected = ${expectation.allowed.map(conditionText).join(" -or ")}`]
      : []),
    ...(act.closes ? [`${socketText(act.socket)}.Close()`] : []),
  ];
}

function callText(call: Call, act: Act, ports: Reproduction["ports"]): string {
  const own = socketText(act.socket);
  switch (call.do) {
    case "socket":
      return `'socket' { ${own} = [Socket]::new('${familyText(call.family)}', $Type[0], $Type[1]) }`;
    case "set-option":
      return `'set-option' { ${own}.SetSocketOption(${optionText(call.option)}, ${call.value}) }`;
    case "set-linger":
      return `'set-option' { ${own}.LingerState = [LingerOption]::new($true, ${call.seconds}) }`;
    case "bind":
      return `'bind' { ${own}.Bind(${nameText(call, ports)}) }`;
    case "listen":
      return `'listen' { ${own}.Listen(256) }`;
    case "connect":
      return `'connect' { ${own}.Connect(${nameText(call, ports)}) }`;
    case "accept":
      return `'accept' { Await ${own}; ${socketText(act.accepts ?? "")} = ${own}.Accept() }`;
    case "send":
      return `'send' { ${own}.Send([byte[]]::new(${call.bytes})) }`;
    case "receive":
      return `'receive' { if ((Receive ${own}) -eq 0) { throw [TimeoutException] 'end-of-stream' } }`;
    case "receive-end":
      return `'receive' { while ((Receive ${own}) -gt 0) { } }`;
    case "shutdown-send":
      return `'shutdown' { ${own}.Shutdown('Send') }`;
    case "shutdown-receive":
      return `'shutdown' { ${own}.Shutdown('Receive') }`;
    case "close":
      return `'close' { ${own}.Close() }`;
    case "wait":
      return `'wait' { Start-Sleep -Milliseconds ${call.ms} }`;
    default:
      throw new Error(`${call.do} is not for PowerShell`);
  }
}

function socketText(name: string): string {
  return `$sockets['${name}']`;
}

function familyText(family: "ipv4" | "ipv6"): string {
  return family === "ipv4" ? "InterNetwork" : "InterNetworkV6";
}

// System.Net.Sockets.SocketOptionName; no SO_REUSEPORT there.
const OPTION_NAMES: Readonly<Record<string, string>> = {
  SO_EXCLUSIVEADDRUSE: "ExclusiveAddressUse",
  SO_REUSEADDR: "ReuseAddress",
  SO_RCVBUF: "ReceiveBuffer",
  IPV6_V6ONLY: "IPv6Only",
};

function optionText(option: string): string {
  const level = option === "IPV6_V6ONLY" ? "IPv6" : "Socket";
  return `'${level}', '${OPTION_NAMES[option]}'`;
}

function nameText(
  { address, port }: { readonly address: string; readonly port: number },
  ports: Reproduction["ports"],
): string {
  const portText = port === ports.same ? "$Port" : port === ports.other ? "$OtherPort" : port;
  return `[IPEndPoint]::new([IPAddress]::Parse('${address}'), ${portText})`;
}

function conditionText(expected: ExpectedOutcome): string {
  return `$outcome -cmatch '${outcomePattern(expected)}'`;
}
