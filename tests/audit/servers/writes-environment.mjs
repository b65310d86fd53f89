// Writes what it knows of its environment to a file, then listens.
import { writeFileSync } from "node:fs";
import net from "node:net";
writeFileSync(process.argv[3], JSON.stringify(process.env));
net.createServer().listen(Number(process.argv[2]), "127.0.0.1");
