const { spawn } = require("node:child_process");

// The least that a run can be: Node starts two Nodes at once, which load koffi and answer once.
const BINDER = `
  require(${JSON.stringify(require.resolve("koffi"))});
  process.stdin.on("data", () => process.stdout.write("answer"));
  process.stdout.write("hello");
`;
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
const binders = [1, 2].map(() => spawn(process.execPath, ["-e", BINDER], { stdio: "pipe", env }));
let unanswered = binders.length;
for (const { stdin, stdout } of binders)
  stdout.once("data", () => {
    stdin.write("question");
    stdout.once("data", () => {
      if (--unanswered === 0) for (const binder of binders) binder.kill("SIGKILL");
    });
  });
process.on("beforeExit", () => process.exit());
