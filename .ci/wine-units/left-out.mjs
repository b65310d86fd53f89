/**
 * The unit tests that the Windows build of Node does not run under Wine, and why: all of a file, or those whose name
 * has these words.
 */
export const LEFT_OUT = [
  // Wine's own.
  {
    file: "reports/junit.test.ts",
    name: "libxml2 reads",
    reason: "xmllint is a program of Linux, which a Windows program under Wine does not find",
  },
  {
    file: "reports/junit/jenkins-schema.test.ts",
    name: "libxml2 reads",
    reason: "xmllint is a program of Linux, which a Windows program under Wine does not find",
  },
  // Not Wine's: these skip themselves on every Windows.
  {
    file: "harness/audit/command/end-processes.test.ts",
    reason: "Windows has no signal that asks a process to end",
  },
  {
    file: "harness/binder/child-channel.test.ts",
    name: "A binder of another account",
    reason: "a process of another account gets no pipe on Windows: its binders connect back",
  },
  {
    file: "harness/binder/connecting.test.ts",
    name: "and the socket blocks",
    reason: "sockets connect without blocking on Windows alone",
  },
  {
    file: "harness/binder/token-server.test.ts",
    name: "The door is on",
    reason: "reads Linux's table of sockets in /proc",
  },
  {
    file: "harness/binder/token-server.test.ts",
    name: "A binder shows its token",
    reason: "reads command lines and environments in /proc",
  },
  {
    file: "harness/results/make-folder.test.ts",
    name: "A folder that makes nothing",
    reason: "that folder is /proc",
  },
  {
    file: "harness/trial/perform.test.ts",
    reason: "expects errors of Linux by name",
  },
  {
    file: "runners/fifo-binders.test.ts",
    reason: "Windows has no FIFOs in folders",
  },
  {
    file: "runners/find-program.test.ts",
    reason: "looks for programs of the targets that only POSIX systems have",
  },
  {
    file: "runners/namespaces.test.ts",
    name: "Where the system allows namespaces",
    reason: "Linux alone has namespaces",
  },
  {
    file: "runners/prepare/uml-init.test.ts",
    reason: "a shell runs the first program of a user-mode Linux",
  },
  {
    file: "runners/run-folder.test.ts",
    name: "A folder that the system holds",
    reason: "Linux holds a folder by a mount; for Windows there is the test before it",
  },
  {
    file: "runners/ssh/remote-start.test.ts",
    name: "other accounts can read it",
    reason: "Windows has no mode bits",
  },
  {
    file: "runners/windows-paths.test.ts",
    reason: "translates paths for Wine on a POSIX system, by the links of its prefix",
  },
];
