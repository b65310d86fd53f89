// Listens at all IPv6 addresses, and takes no IPv4.
import net from "node:net";
net.createServer().listen({ port: Number(process.argv[2]), host: "::", ipv6Only: true });
