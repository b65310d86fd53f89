import { statSync } from "node:fs";
import { isIP, SocketAddress } from "node:net";
import { networkInterfaces } from "node:os";
import path from "node:path";
import { findRepository, isWithin } from "../../reports/audit/sarif-location.ts";
import type { AuditRequest } from "../audit/audit-request.ts";
import { InputError } from "../model/problem.ts";

/** The options as they were typed. */
export interface AuditOptions {
  readonly port?: string;
  readonly address?: string;
  readonly protocol?: string;
  readonly on: string;
  readonly census?: boolean;
  readonly readyTimeout: string;
  readonly settle: string;
  readonly sarifLocation?: string;
  readonly reporter: readonly string[];
}

/** What to audit, and where. */
export interface AuditCommand extends AuditRequest {
  /** Null for this machine itself; else Wine, with the prefix that was asked for. */
  readonly wine: { readonly prefix: string | undefined } | null;
  /** The file that SARIF points to; null for the one that fits. */
  readonly sarifLocation: string | null;
}

/** Reads the arguments; a number alone is a port. Throws InputError. */
export function parseAudit(words: readonly string[], options: AuditOptions): AuditCommand {
  const { address, protocol, census = false, readyTimeout, settle, sarifLocation } = options;
  const isPort = words.length === 1 && isNumber(words[0]);
  const port = isPort ? words[0] : options.port;
  const [file, ...rest] = isPort ? [] : words;
  const further = isPort ? options.port : rest[0];
  if (isNumber(words[0]) && further !== undefined)
    throw new InputError([
      isNumber(further)
        ? `audit: two ports, ${words[0]} and ${further}: give one`
        : `audit: a port and a command: give them as --port ${words[0]} -- ${rest.join(" ")}`,
    ]);
  if (file === "") throw new InputError(["audit: the command is empty"]);
  if (census && port === undefined && file === undefined)
    throw new InputError([
      "--census: it sends to servers, so say to which: --port PORT, or a command behind --",
    ]);
  return {
    filter: {
      port: port === undefined ? null : readPort(port),
      address: address === undefined ? null : readAddress(address),
      protocol: readProtocol(protocol),
    },
    command: file === undefined ? null : [file, ...rest],
    wine: readTarget(options.on, file),
    census,
    readyMs: readMilliseconds("--ready-timeout", readyTimeout, 1),
    settleMs: readMilliseconds("--settle", settle, 0),
    sarifLocation: sarifLocation === undefined ? null : readLocation(sarifLocation),
  };
}

function isNumber(text: string | undefined): boolean {
  return text !== undefined && /^\d+$/.test(text);
}

/** The same as words of a command line. */
export function auditArguments({
  filter,
  command,
  census,
  readyMs,
  settleMs,
}: AuditRequest): string[] {
  const given = Object.entries(filter).filter(([, value]) => value !== null);
  return [
    ...given.map(([name, value]) => `--${name}=${value}`),
    ...(census ? ["--census"] : []),
    `--ready-timeout=${readyMs}`,
    `--settle=${settleMs}`,
    "--",
    ...(command ?? []),
  ];
}

function readTarget(text: string, file: string | undefined): AuditCommand["wine"] {
  const found = /^(?:local|wine(?::(?<prefix>.+))?)$/.exec(text);
  if (!found)
    throw new InputError([
      `--on: '${text}' is not a place for an audit (allowed: local, wine, wine:PREFIX; on another machine run bindcheck there)`,
    ]);
  if (text === "local") return null;
  if (file !== undefined) return { prefix: found.groups?.["prefix"] };
  throw new InputError([`--on ${text}: nothing runs there yet, so give a command behind --`]);
}

const MAX_PORT = 65_535;

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port > 0 && port <= MAX_PORT) return port;
  throw new InputError([`--port: '${text}' is not a port (a number from 1 to ${MAX_PORT})`]);
}

/** Only what is bound to this address itself is asked for. */
function readAddress(text: string): string {
  if (isIP(text) === 0)
    throw new InputError([
      `--address: '${text}' is not an IP address (such as 127.0.0.1, 0.0.0.0 or ::)`,
    ]);
  return canonical(text);
}

/** As the tables of sockets have it: in its shortest form, a link-local address with the number of its interface. */
function canonical(text: string): string {
  const [bare = "", zone] = text.split("%");
  const family = isIP(bare) === 6 ? "ipv6" : "ipv4";
  const { address } = new SocketAddress({ address: bare, family });
  const scopes = Object.entries(networkInterfaces()).flatMap(([name, infos = []]) =>
    infos.flatMap((info) =>
      info.family === "IPv6" && info.scopeid !== 0
        ? [{ name, id: String(info.scopeid), isOwn: info.address === address }]
        : [],
    ),
  );
  const scope = scopes.find(({ name, id, isOwn }) =>
    zone === undefined ? isOwn : zone === name || zone === id,
  );
  return [address, ...(scope ? [scope.id] : zone === undefined ? [] : [zone])].join("%");
}

function readProtocol(text: string | undefined): "tcp" | "udp" | null {
  if (text === undefined || text === "tcp" || text === "udp") return text ?? null;
  throw new InputError([`--protocol: '${text}' is unknown (allowed: tcp, udp)`]);
}

function readMilliseconds(option: string, text: string, least: 0 | 1): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least) return value;
  const range = least === 0 ? "0 or more" : "above 0";
  throw new InputError([
    `${option}: '${text}' is not a time (a whole number of milliseconds, ${range})`,
  ]);
}

/** SARIF places its results in a file of the repository. */
function readLocation(name: string): string {
  const wrong = (why: string): InputError => new InputError([`--sarif-location: ${why}`]);
  const found = statSync(name, { throwIfNoEntry: false });
  if (!found) throw wrong(`there is no file ${name}`);
  if (!found.isFile()) throw wrong(`${name} is not a file`);
  const root = findRepository(process.cwd());
  if (isWithin(root, path.resolve(name))) return name;
  throw wrong(`${name} is not in ${root}, and SARIF points to files of a repository alone`);
}
