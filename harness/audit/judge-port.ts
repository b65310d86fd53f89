import type { Hello } from "../binder/protocol.ts";
import { advise } from "./advice/advise.ts";
import type { AuditedPort, JudgedListener } from "./audit-report.ts";
import { judgeListener } from "./judge.ts";
import { recogniseRuntime } from "./recognise-runtime.ts";

/** Judges the listeners of a port; `command` is what was started. */
export function judgePort(
  port: AuditedPort,
  { platform }: Hello,
  command: readonly [string, ...string[]] | null,
): JudgedListener[] {
  const implied = command ? [{ pid: 0, executable: command[0], commandLine: null }] : [];
  return port.listeners.map((listener) => {
    const judgement = judgeListener(listener, port, platform);
    const { owners, protocol } = listener;
    const runtime = recogniseRuntime(owners.length > 0 ? owners : implied);
    const situation = { platform: platform.implements, runtime, protocol, port: listener.port };
    return { ...listener, ...judgement, runtime, advice: advise(judgement.findings, situation) };
  });
}
