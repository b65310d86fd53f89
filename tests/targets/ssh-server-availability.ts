import type { Availability } from "../../runners/runner.ts";
import { sshAvailability } from "../../runners/ssh.ts";
import { isExecutable } from "../require-target.ts";
import { SSHD } from "./ssh-server.ts";

/** Whether there are a client and a server to test with. */
export async function sshServerAvailability(): Promise<Availability> {
  const client = await sshAvailability();
  if (!client.here || isExecutable(SSHD)) return client;
  const mend = "apt-get install --no-install-recommends openssh-server";
  return { here: false, why: "there is no SSH server to test with", mend };
}
