import { expect, test } from "vitest";
import { recogniseRuntime } from "./recognise-runtime.ts";

test.each([
  ["/usr/bin/node", "node server.js", "node"],
  ["C:\\Program Files\\nodejs\\node.exe", null, "node"],
  ["/opt/python/3.11/bin/python3.11", null, "python"],
  ["/usr/sbin/nginx", "nginx: master process nginx", "nginx"],
  [null, "nginx: worker process", "nginx"],
  ["/usr/bin/redis-check-rdb", "redis-server *:6379", "redis"],
  ["/usr/lib/jvm/java-21/bin/java", "java -jar app.jar", "java"],
  ["/usr/bin/dotnet", null, ".net"],
  ["/opt/nodexporter", "/opt/nodexporter", null],
  [null, null, null],
])("%s %s runs on %s", (executable, commandLine, runtime) => {
  expect(recogniseRuntime([{ pid: 1, executable, commandLine }])).toBe(runtime);
});
