import { openNodeSocket } from "./node-sockets.ts";
import type { StepResult } from "./protocol.ts";
import { bindSteps } from "./bind-steps.ts";
import { readOptions } from "./socket-options.ts";
import type { Performers } from "./workbench.ts";

/** The steps that take their time because Node does them on its event loop. */
export const nodeSteps: Performers<"open-node" | "close", StepResult | Promise<StepResult>> = {
  async "open-node"(step, bench) {
    const opened = await openNodeSocket(step);
    if ("failed" in opened) return opened.failed;
    const { fd, address } = opened.socket;
    bench.nodeSockets.set(step.socket, opened.socket);
    // What Node set unasked, where Node shows its sockets.
    const options = fd === null ? {} : readOptions(bench, fd, { family: "ipv4", options: [] });
    const { address: name, port } = address();
    return { options, address: name, port };
  },
  close(step, bench) {
    const own = bench.nodeSockets.get(step.socket);
    if (!own) return bindSteps.close(step, bench);
    bench.nodeSockets.delete(step.socket);
    return own.close().then(() => ({}));
  },
};
