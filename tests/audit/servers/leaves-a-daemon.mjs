// Starts a server in a session of its own, which nothing ties to this process, and ends.
import { spawn } from "node:child_process";
const words = [new URL("http.mjs", import.meta.url).pathname, process.argv[2], "127.0.0.1"];
spawn(process.execPath, words, { detached: true, stdio: "ignore" }).unref();
