// Loaded before the binder: it gets no further than this until the file BINDCHECK_TEST_GO is there.
const { existsSync } = require("node:fs");
const go = process.env.BINDCHECK_TEST_GO;
const nobody = new Int32Array(new SharedArrayBuffer(4));
if (process.argv[1]?.endsWith("binder.cjs")) while (!existsSync(go)) Atomics.wait(nobody, 0, 0, 20);
