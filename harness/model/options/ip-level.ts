/**
 * Options of level IPPROTO_IP: linux/in.h; ws2ipdef.h; netinet/in.h of FreeBSD, OpenBSD and macOS.
 * The columns are explained in option-table.ts.
 */
export const IPPROTO_IP_ROWS = `
  name                      type    linux windows bsd
  IP_ADD_IFLIST             int     -     29      -
  IP_ADD_MEMBERSHIP         bytes   35    12      12
  IP_ADD_SOURCE_MEMBERSHIP  bytes   39    15      -
  IP_BIND_ADDRESS_NO_PORT   boolean 24    -       -
  IP_BLOCK_SOURCE           bytes   38    17      -
  IP_CHECKSUM               boolean 23    -       -
  IP_DEL_IFLIST             int     -     30      -
  IP_DONTFRAGMENT           boolean -     14      -
  IP_DROP_MEMBERSHIP        bytes   36    13      13
  IP_DROP_SOURCE_MEMBERSHIP bytes   40    16      -
  IP_ECN                    boolean -     50      -
  IP_FREEBIND               boolean 15    -       -
  IP_GET_IFLIST             bytes   -     33      -
  IP_HDRINCL                boolean 3     2       2
  IP_HOPLIMIT               boolean -     21      -
  IP_IFLIST                 boolean -     28      -
  IP_IPSEC_POLICY           bytes   16    -       -
  IP_LOCAL_PORT_RANGE       int     51    -       -   set=2097180977
  IP_MINTTL                 int     21    -       -   set=2
  IP_MSFILTER               bytes   41    -       -
  IP_MTU                    int     14    73      -   set=1400
  IP_MTU_DISCOVER           int     10    71      -   set=1
  IP_MULTICAST_ALL          boolean 49    -       -
  IP_MULTICAST_IF           in_addr 32    9       9
  IP_MULTICAST_LOOP         boolean 34    11      11
  IP_MULTICAST_TTL          int     33    10      10  set=3
  IP_NODEFRAG               boolean 22    -       -
  IP_NRT_INTERFACE          bytes   -     74      -
  IP_OPTIONS                bytes   4     1       1
  IP_ORIGDSTADDR            boolean 20    -       -
  IP_ORIGINAL_ARRIVAL_IF    boolean -     47      -
  IP_PASSSEC                boolean 18    -       -
  IP_PKTINFO                boolean 8     19      -
  IP_PKTINFO_EX             boolean -     51      -
  IP_PKTOPTIONS             bytes   9     -       -   volatile
  IP_PROTECTION_LEVEL       int     -     23      -   set=10
  IP_PROTOCOL               int     52    -       -   volatile
  IP_RECEIVE_BROADCAST      boolean -     22      -
  IP_RECVDSTADDR            boolean -     25      7
  IP_RECVECN                boolean -     50      -
  IP_RECVERR                boolean 11    75      -
  IP_RECVERR_RFC4884        boolean 26    -       -
  IP_RECVFRAGSIZE           boolean 25    -       -
  IP_RECVIF                 boolean -     24      -
  IP_RECVOPTS               boolean 6     -       5
  IP_RECVORIGDSTADDR        boolean 20    -       -
  IP_RECVRETOPTS            boolean 7     -       6
  IP_RECVRTHDR              boolean -     38      -
  IP_RECVTCLASS             boolean -     40      -
  IP_RECVTOS                boolean 13    40      -
  IP_RECVTTL                boolean 12    21      -
  IP_RETOPTS                bytes   7     -       8
  IP_ROUTER_ALERT           boolean 5     -       -
  IP_RTHDR                  bytes   -     32      -
  IP_TCLASS                 int     -     39      -
  IP_TOS                    int     1     3       3   set=16
  IP_TRANSPARENT            boolean 19    -       -
  IP_TTL                    int     2     4       4   set=42
  IP_UNBLOCK_SOURCE         bytes   37    18      -
  IP_UNICAST_IF             int     50    31      -
  IP_USER_MTU               int     -     76      -   set=1400
  IP_WFP_REDIRECT_CONTEXT   bytes   -     70      -
  IP_WFP_REDIRECT_RECORDS   bytes   -     60      -
  IP_XFRM_POLICY            bytes   17    -       -
  MCAST_BLOCK_SOURCE        bytes   43    43      -
  MCAST_JOIN_GROUP          bytes   42    41      -
  MCAST_JOIN_SOURCE_GROUP   bytes   46    45      -
  MCAST_LEAVE_GROUP         bytes   45    42      -
  MCAST_LEAVE_SOURCE_GROUP  bytes   47    46      -
  MCAST_MSFILTER            bytes   48    -       -
  MCAST_UNBLOCK_SOURCE      bytes   44    44      -
`;
