import { readFileSync } from "node:fs";
import type { Account } from "../listener.ts";
import { HoldingsProblem, type HeldSocket, type Holdings } from "./held-socket.ts";
import { hasTables, readTables } from "./linux-tables.ts";
import {
  accountOf as findAccount,
  allProcesses,
  foreignNetworks,
  ownersByInode,
} from "./linux-processes.ts";
import { openSockDiag } from "./sock-diag.ts";

/** Sockets as proc_pid_net(5) and sock_diag(7) tell them, with the processes that have them open: proc_pid_fd(5). */
export function linuxHoldings(): Holdings {
  const diag = openSockDiag();
  const accountOf = rememberAccounts();
  const look = (): HeldSocket[] => {
    if (!hasTables()) throw new HoldingsProblem(UNREADABLE);
    const isTaken = portsOfClients();
    return (diag?.() ?? readTables()).map(({ uid, ...socket }) => ({
      ...socket,
      ...(socket.peer !== undefined && isTaken(socket.port) && { isClient: true }),
      account: accountOf(uid),
      owners: [],
    }));
  };
  let unseen: readonly string[] = [];
  return {
    ownAccount: accountOf(process.geteuid?.() ?? 0),
    look: () => Promise.resolve(look()),
    read(pids) {
      const sockets = look();
      const owners = ownersByInode(pids ?? allProcesses());
      if (pids === null) unseen = unseenBy(sockets.filter(({ inode = "" }) => !owners.has(inode)));
      return Promise.resolve(
        sockets
          .filter(({ inode = "" }) => pids === null || owners.has(inode))
          .map((socket) => ({ ...socket, owners: owners.get(socket.inode ?? "") ?? [] })),
      );
    },
    holdsElsewhere: (pids) =>
      foreignNetworks(pids).find((pid) => readTables(pid).length > 0) ?? null,
    unseen: () => unseen,
  };
}

/** The file of users is read once for each of them. */
function rememberAccounts(): (uid: number) => Account {
  const known = new Map<number, Account>();
  return (uid) => {
    const account = known.get(uid) ?? findAccount(uid);
    known.set(uid, account);
    return account;
  };
}

const UNREADABLE =
  "audit: /proc/net, which tells here who holds a port, cannot be read: mount proc on /proc";

/** Documentation/networking/ip-sysctl.rst: ip_local_port_range. */
function portsOfClients(): (port: number) => boolean {
  const [from = 32_768, to = 60_999] = readRange().split(/\s+/).map(Number);
  return (port) => port >= from && port <= to;
}

function readRange(): string {
  try {
    return readFileSync("/proc/sys/net/ipv4/ip_local_port_range", "utf8").trim();
  } catch {
    return "32768 60999";
  }
}

function unseenBy(hidden: readonly HeldSocket[]): string[] {
  const networks = foreignNetworks();
  const names = [...new Set(hidden.map(({ account }) => account?.name ?? ""))].join(", ");
  return [
    ...(hidden.length === 0
      ? []
      : [
          `the processes of ${hidden.length} socket${hidden.length === 1 ? "" : "s"} (of ${names}) are hidden${process.geteuid?.() === 0 ? ", in another PID namespace most likely" : ": run with sudo"}`,
        ]),
    ...(networks.length === 0
      ? []
      : [
          `what listens in ${networks.length} other network namespace${networks.length === 1 ? "" : "s"} (containers have their own), such as that of process ${networks[0]}: run bindcheck there`,
        ]),
  ];
}
