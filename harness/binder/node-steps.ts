import { openNodeSocket } from "./node-sockets.ts";
import type { StepResult } from "./protocol.ts";
import { bindSteps } from "./bind-steps.ts";
import type { Performers } from "./workbench.ts";

/** The steps that take their time because Node does them on its event loop. */
export const nodeSteps: Performers<"open-node" | "close", StepResult | Promise<StepResult>> = {
  async "open-node"(step, { nodeSockets }) {
    const opened = await openNodeSocket(step);
    if ("failed" in opened) return opened.failed;
    nodeSockets.set(step.socket, opened.socket);
    return {};
  },
  close(step, bench) {
    const own = bench.nodeSockets.get(step.socket);
    if (!own) return bindSteps.close(step, bench);
    bench.nodeSockets.delete(step.socket);
    return own.close().then(() => ({}));
  },
};
