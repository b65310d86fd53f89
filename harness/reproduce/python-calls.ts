import type { CallTemplates, Spelling } from "./call-text.ts";

/** The calls of programs in Python, each a pair: the name of the call for its outcome, and a function that makes it. */
export const PYTHON_CALLS: CallTemplates = {
  socket: '("socket", lambda: make("<name>", <family>))',
  "set-option": '("set-option", lambda: <own>.setsockopt(<level>, <option>, <value>))',
  "set-linger": '("set-option", lambda: set_linger(<own>, <seconds>))',
  "join-group": '("set-option", lambda: join_group(<own>, "<group>"))',
  bind: '("bind", lambda: <own>.bind(("<address>", <port>)))',
  listen: '("listen", lambda: <own>.listen(256))',
  connect: '("connect", lambda: <own>.connect(("<address>", <port>)))',
  accept: '("accept", lambda: accept("<name>", "<accepted-name>"))',
  send: '("send", lambda: <own>.send(bytes(<bytes>)))',
  fill: '("send", lambda: fill(<own>))',
  receive: '("receive", lambda: receive(<own>))',
  "receive-end": '("receive", lambda: receive_end(<own>))',
  "shutdown-send": '("shutdown", lambda: <own>.shutdown(SHUT_WR))',
  "shutdown-receive": '("shutdown", lambda: <own>.shutdown(SHUT_RD))',
  close: '("close", lambda: <own>.close())',
  wait: '("wait", lambda: time.sleep(<in-seconds>))',
  "send-many": '("connect", lambda: send_many(<count>, <family>, ("<address>", <port>)))',
  census: '("receive", lambda: census([<among>], <count>))',
  "open-node": null,
  unwritten: null,
};

/** How Python spells what calls are about. */
export const PYTHON_SPELLING: Spelling = {
  socket: (name) => `sockets["${name}"]`,
  families: { ipv4: "AF_INET", ipv6: "AF_INET6" },
  levels: {},
  ports: { same: "PORT", other: "OTHER_PORT", literal: String },
};
