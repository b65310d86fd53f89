/**
 * Options of level IPPROTO_UDP: linux/udp.h; ws2tcpip.h and ws2ipdef.h.
 * The columns are explained in option-table.ts.
 */
export const IPPROTO_UDP_ROWS = `
  name                        type    linux windows bsd
  UDP_CHECKSUM_COVERAGE       int     -     20      -
  UDP_CORK                    boolean 1     -       -
  UDP_ENCAP                   int     100   -       -   set=2
  UDP_GRO                     boolean 104   -       -
  UDP_NOCHECKSUM              boolean -     1       -
  UDP_NO_CHECK6_RX            boolean 102   -       -
  UDP_NO_CHECK6_TX            boolean 101   -       -
  UDP_RECV_MAX_COALESCED_SIZE int     -     3       -   set=2000
  UDP_SEGMENT                 int     103   -       -   set=500
  UDP_SEND_MSG_SIZE           int     -     2       -   set=500
`;
