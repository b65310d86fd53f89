import type { TargetLine } from "./line.ts";

/** The version that people know a system by: Wine's own, not that of the Windows that it claims to be. */
export function ownVersion({
  platform,
  runtime,
}: Pick<TargetLine, "platform" | "runtime">): string {
  return runtime[platform.name] ?? platform.version;
}
