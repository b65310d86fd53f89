import { randomBytes, timingSafeEqual } from "node:crypto";
import net from "node:net";

/** A door on the loopback interface that opens once, for the program that has the token. */
export interface TokenServer {
  /** `PORT:TOKEN`, for the one who is to come in; a secret. */
  readonly key: Promise<string>;
  /** The connection that brought the token. Everybody else is turned away, before and after. */
  readonly guest: Promise<net.Socket>;
  /** Shuts the door, also to those who stand in it. */
  close(): void;
}

const TOKEN_BYTES = 32;
// The guest writes its token in the moment in which it connects.
const TOKEN_TIMEOUT_MS = 5000;
// Who fills the door with silence keeps the guest waiting, not the harness's descriptors.
const MOST_AT_ONCE = 16;

export function openTokenServer(timeoutMs: number = TOKEN_TIMEOUT_MS): TokenServer {
  const token = randomBytes(TOKEN_BYTES).toString("hex");
  const server = net.createServer();
  server.maxConnections = MOST_AT_ONCE;
  const strangers = new Set<net.Socket>();
  const close = (): void => {
    server.close();
    for (const stranger of strangers) stranger.destroy();
  };
  const guest = new Promise<net.Socket>((resolve) => {
    server.on("connection", (socket) => {
      strangers.add(socket);
      socket.on("error", () => undefined); // a stranger who hangs up
      socket.on("close", () => strangers.delete(socket));
      // In all, not since the last byte: a token that drips in is none.
      const timer = setTimeout(() => socket.destroy(), timeoutMs).unref();
      let said = Buffer.alloc(0);
      const listen = (chunk: Buffer): void => {
        said = Buffer.concat([said, chunk]);
        if (said.length < token.length + 1) return;
        clearTimeout(timer);
        socket.off("data", listen);
        socket.pause();
        if (!isToken(said, token)) return void socket.destroy();
        strangers.delete(socket);
        close();
        socket.unshift(said.subarray(token.length + 1));
        resolve(socket);
      };
      socket.on("data", listen);
    });
  });
  const key = new Promise<string>((resolve, reject) => {
    server.on("error", reject);
    server.listen({ host: "127.0.0.1", port: 0 }, () => {
      resolve(`${(server.address() as net.AddressInfo).port}:${token}`);
    });
  });
  return { key, guest, close };
}

/** The token and the end of its line come first. */
function isToken(said: Buffer, token: string): boolean {
  return timingSafeEqual(said.subarray(0, token.length + 1), Buffer.from(`${token}\n`));
}
