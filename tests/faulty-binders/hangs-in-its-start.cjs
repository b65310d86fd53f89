// Loaded before the binder: it gets no further than this, as where Node itself hangs before it runs anything.
if (process.argv[1]?.endsWith("binder.cjs"))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
