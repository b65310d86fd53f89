import type { CallTemplates, Spelling } from "./call-text.ts";

/** The calls of programs in C. Each is an expression that is false where the call failed. */
export const C_CALLS: CallTemplates = {
  socket: 'done("socket", <own> = socket(<family>, TYPE, 0))',
  "set-option":
    'done("set-option", setsockopt(<own>, <level>, <option>, (char *)&(int){<value>}, sizeof(int)))',
  "set-linger": 'done("set-option", set_linger(<own>, <seconds>))',
  "join-group": 'done("set-option", join_group(<own>, "<group>"))',
  bind: 'done("bind", bind(<own>, TO("<address>", <port>)))',
  listen: 'done("listen", listen(<own>, 256))',
  connect: 'done("connect", connect(<own>, TO("<address>", <port>)))',
  accept: 'arrives("accept", <own>) && done("accept", <accepted> = accept(<own>, NULL, NULL))',
  send: 'done("send", send(<own>, bytes, <bytes>, 0))',
  fill: 'done("send", fill(<own>))',
  receive: "receive(<own>)",
  "receive-end": "receive_end(<own>)",
  "shutdown-send": 'done("shutdown", shutdown(<own>, SHUT_WR))',
  "shutdown-receive": 'done("shutdown", shutdown(<own>, SHUT_RD))',
  close: 'done("close", closesocket(<own>))',
  wait: "wait_ms(<ms>)",
  "send-many": 'done("connect", send_many(<count>, <family>, "<address>", <port>))',
  census: "take_all(shares_<step>, <members>, <count>)",
  "open-node": null,
  unwritten: null,
};

/** How C spells what calls are about. */
export const C_SPELLING: Spelling = {
  socket: variable,
  families: { ipv4: "AF_INET", ipv6: "AF_INET6" },
  levels: {},
  ports: { same: "PORT", other: "OTHER_PORT", literal: (port) => `"${port}"` },
};

// No keyword of C and no function of its libraries ends like that.
function variable(name: string): string {
  const word = name.replaceAll("-", "_");
  return /^socket_\d+$/.test(word) ? word : `${word}_socket`;
}
