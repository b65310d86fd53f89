import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A door on loopback to a server, as far away as told. */
export interface SlowWay {
  readonly port: number;
  close(): void;
}

/** Passes every byte on late: half of `roundTripMs` each way, and as slowly as the line is. */
export async function openSlowWay(
  to: number,
  { roundTripMs, bitsPerSecond }: { readonly roundTripMs: number; readonly bitsPerSecond: number },
): Promise<SlowWay> {
  const bytesPerMs = bitsPerSecond / 8 / 1000;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      let freeAt = 0;
      // In order: of two timers the later one may be the first to fire.
      const underWay: { readonly at: number; readonly what: () => void }[] = [];
      const arrive = (): void => {
        while (underWay[0] && underWay[0].at <= performance.now()) underWay.shift()?.what();
        const [next] = underWay;
        if (next) setTimeout(arrive, next.at - performance.now());
      };
      const later = (bytes: number, what: () => void): void => {
        const now = performance.now();
        freeAt = Math.max(now, freeAt) + bytes / bytesPerMs;
        underWay.push({ at: freeAt + roundTripMs / 2, what });
        if (underWay.length === 1) setTimeout(arrive, freeAt - now + roundTripMs / 2);
      };
      from.setNoDelay(true);
      from.on("data", (chunk) => later(chunk.length, () => into.write(chunk)));
      from.on("end", () => later(0, () => into.end()));
      from.on("close", () => later(0, () => into.destroy()));
      from.on("error", () => undefined);
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
