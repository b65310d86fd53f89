import { SocketAddress } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { loadKoffi } from "../../binder/load-koffi.ts";
import { HoldingsProblem, type HeldSocket, type Holdings } from "./held-socket.ts";
import { openProcesses } from "./windows-processes.ts";

/** Sockets as the IP Helper tables have them (iphlpapi.h), with the process of each. */
export function windowsHoldings(): Holdings {
  const koffi = loadKoffi();
  const library = koffi.load("iphlpapi.dll");
  const calls = {
    tcp: library.func(
      "uint32_t __stdcall GetExtendedTcpTable(void *, void *, int, uint32_t, int, uint32_t)",
    ),
    udp: library.func(
      "uint32_t __stdcall GetExtendedUdpTable(void *, void *, int, uint32_t, int, uint32_t)",
    ),
  };
  const processes = openProcesses(koffi);
  const ownAccount = processes.describe(process.pid).account;
  const readAll = (): Row[] => TABLES.flatMap((table) => readTable(table, calls[table.protocol]));
  // Wine may tell no process, where its server alone has the socket; every program of a prefix is of one account.
  const unowned = readAll().filter(({ pid }) => pid === 0);
  const isBefore = (row: Row): boolean => unowned.some((before) => isDeepStrictEqual(before, row));
  const read = (pids: readonly number[] | null): Promise<HeldSocket[]> => {
    const asked = readAll().filter(
      (row) => pids === null || (row.pid === 0 ? !isBefore(row) : pids.includes(row.pid)),
    );
    return Promise.resolve(
      asked.map(({ pid, ...socket }): HeldSocket => {
        if (pid === 0) return { ...socket, account: ownAccount, owners: [] };
        const { account, executable } = processes.describe(pid);
        return { ...socket, account, owners: [{ pid, executable, commandLine: null }] };
      }),
    );
  };
  return { ownAccount, read, look: () => read(null), holdsElsewhere: () => null, unseen: () => [] };
}

// winsock2.h; iprtrmib.h: TCP_TABLE_CLASS, UDP_TABLE_CLASS.
const AF_INET = 2;
const AF_INET6 = 23;
const TCP_TABLE_OWNER_PID_LISTENER = 3;
const UDP_TABLE_OWNER_PID = 1;
// winerror.h
const ERROR_INSUFFICIENT_BUFFER = 122;

/**
 * Where the fields of a row stand, in bytes: tcpmib.h MIB_TCPROW_OWNER_PID and MIB_TCP6ROW_OWNER_PID, udpmib.h
 * MIB_UDPROW_OWNER_PID and MIB_UDP6ROW_OWNER_PID. A table is its number of rows in 32 bits, then the rows.
 */
const TABLES = [
  { protocol: "tcp", family: "ipv4", size: 24, address: 4, port: 8, pid: 20 },
  { protocol: "tcp", family: "ipv6", size: 56, address: 0, port: 20, pid: 52 },
  { protocol: "udp", family: "ipv4", size: 12, address: 0, port: 4, pid: 8 },
  { protocol: "udp", family: "ipv6", size: 28, address: 0, port: 20, pid: 24 },
] as const;
const SCOPE_AT = 16;

type TableCall = (...values: readonly unknown[]) => unknown;
type Row = Omit<HeldSocket, "owners" | "account"> & { readonly pid: number };

function readTable(table: (typeof TABLES)[number], call: TableCall): Row[] {
  const bytes = fetchTable(table, call);
  return Array.from({ length: bytes.readUInt32LE(0) }, (_, index): Row => {
    const row = bytes.subarray(4 + index * table.size, 4 + (index + 1) * table.size);
    return {
      protocol: table.protocol,
      family: table.family,
      address: addressText(row, table),
      port: row.readUInt16BE(table.port), // in network byte order
      pid: row.readUInt32LE(table.pid),
    };
  });
}

function fetchTable({ protocol, family }: (typeof TABLES)[number], call: TableCall): Buffer {
  const size = Buffer.alloc(4);
  for (let length = 4096; ; length = size.readUInt32LE(0)) {
    const bytes = Buffer.alloc(length);
    size.writeUInt32LE(length);
    const kind = protocol === "tcp" ? TCP_TABLE_OWNER_PID_LISTENER : UDP_TABLE_OWNER_PID;
    const error = call(bytes, size, 0, family === "ipv4" ? AF_INET : AF_INET6, kind, 0) as number;
    if (error === 0) return bytes;
    if (error !== ERROR_INSUFFICIENT_BUFFER)
      throw new HoldingsProblem(`audit: Windows' table of ${protocol} sockets gave error ${error}`);
  }
}

function addressText(row: Buffer, { family, address: at }: (typeof TABLES)[number]): string {
  if (family === "ipv4") return row.subarray(at, at + 4).join(".");
  const groups =
    row
      .subarray(at, at + 16)
      .toString("hex")
      .match(/.{4}/g) ?? [];
  const { address } = new SocketAddress({ address: groups.join(":"), family: "ipv6" });
  const scope = row.readUInt32LE(at + SCOPE_AT);
  return scope === 0 ? address : `${address}%${scope}`;
}
