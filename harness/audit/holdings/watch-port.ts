import type { Listener } from "../listener.ts";
import { listenerKey } from "./find-listeners.ts";
import type { HeldSocket, Holdings } from "./held-socket.ts";

/** A port as it was when the watch began. */
export interface PortWatch {
  /** All that held it then, also what is not audited. */
  readonly holders: readonly HeldSocket[];
  /** Which listeners were held then and have been ever since: by a socket that is there still, not by its successor. */
  stillHeld(): Promise<(listener: Listener) => boolean>;
}

/** Watches the sockets of one protocol and port. */
export async function watchPort(
  { protocol, port }: Pick<Listener, "protocol" | "port">,
  holdings: Holdings,
): Promise<PortWatch> {
  const look = async (): Promise<HeldSocket[]> =>
    (await holdings.look()).filter((each) => each.protocol === protocol && each.port === port);
  const holders = await look();
  return {
    holders,
    async stillHeld() {
      const now = identitiesOf(await look());
      const common = holders.filter((holder) =>
        identitiesOf([holder]).some((each) => now.includes(each)),
      );
      const held = new Set(common.map(listenerKey));
      return (listener) => held.has(listenerKey(listener));
    },
  };
}

/** By its inode; where the system does not tell that, by its processes; by its name where it tells neither. */
function identitiesOf(sockets: readonly HeldSocket[]): string[] {
  return sockets.flatMap((socket) => {
    const { inode, owners } = socket;
    const marks = inode !== undefined ? [inode] : owners.map(({ pid }) => pid);
    return (marks.length === 0 ? [""] : marks).map((mark) => `${listenerKey(socket)} ${mark}`);
  });
}
