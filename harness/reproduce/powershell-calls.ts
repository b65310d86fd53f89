import type { CallTemplates, Spelling } from "./call-text.ts";

/** The calls of programs in PowerShell, by the sockets of .NET, each after the name that its outcome gives. */
export const POWERSHELL_CALLS: CallTemplates = {
  socket: "'socket' { <own> = [Socket]::new('<family>', $Type[0], $Type[1]) }",
  "set-option": "'set-option' { <own>.SetSocketOption('<level>', '<option>', <value>) }",
  "set-linger": "'set-option' { <own>.LingerState = [LingerOption]::new($true, <seconds>) }",
  "join-group": null,
  bind: "'bind' { <own>.Bind([IPEndPoint]::new([IPAddress]::Parse('<address>'), <port>)) }",
  listen: "'listen' { <own>.Listen(256) }",
  connect:
    "'connect' { <own>.Connect([IPEndPoint]::new([IPAddress]::Parse('<address>'), <port>)) }",
  accept: "'accept' { Await <own>; <accepted> = <own>.Accept() }",
  send: "'send' { <own>.Send([byte[]]::new(<bytes>)) }",
  fill: null,
  receive: "'receive' { if ((Receive <own>) -eq 0) { throw [TimeoutException] 'end-of-stream' } }",
  "receive-end": "'receive' { while ((Receive <own>) -gt 0) { } }",
  "shutdown-send": "'shutdown' { <own>.Shutdown('Send') }",
  "shutdown-receive": "'shutdown' { <own>.Shutdown('Receive') }",
  close: "'close' { <own>.Close() }",
  wait: "'wait' { Start-Sleep -Milliseconds <ms> }",
  "send-many": null,
  census: null,
  "open-node": null,
  unwritten: null,
};

/** How .NET spells what calls are about. */
export const POWERSHELL_SPELLING: Spelling = {
  socket: (name) => `$sockets['${name}']`,
  families: { ipv4: "InterNetwork", ipv6: "InterNetworkV6" },
  levels: {
    SOL_SOCKET: "Socket",
    IPPROTO_IP: "IP",
    IPPROTO_IPV6: "IPv6",
    IPPROTO_TCP: "Tcp",
    IPPROTO_UDP: "Udp",
  },
  // System.Net.Sockets.SocketOptionName, which has no SO_REUSEPORT.
  options: {
    SO_EXCLUSIVEADDRUSE: "ExclusiveAddressUse",
    SO_REUSEADDR: "ReuseAddress",
    SO_RCVBUF: "ReceiveBuffer",
    IPV6_V6ONLY: "IPv6Only",
  },
  ports: { same: "$Port", other: "$OtherPort", literal: String },
};
