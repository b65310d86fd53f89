/**
 * Options of level IPPROTO_IPV6: linux/in6.h; ws2ipdef.h; netinet6/in6.h of FreeBSD, OpenBSD and macOS.
 * The columns are explained in option-table.ts.
 */
export const IPPROTO_IPV6_ROWS = `
  name                      type    linux windows bsd
  IPV6_2292DSTOPTS          boolean 4     -       -
  IPV6_2292HOPLIMIT         boolean 8     -       -
  IPV6_2292HOPOPTS          boolean 3     -       -
  IPV6_2292PKTINFO          boolean 2     -       -
  IPV6_2292PKTOPTIONS       bytes   6     -       -
  IPV6_2292RTHDR            boolean 5     -       -
  IPV6_ADDRFORM             int     1     -       -   unset
  IPV6_ADDR_PREFERENCES     int     72    -       -   set=2
  IPV6_ADD_IFLIST           int     -     29      -
  IPV6_ADD_MEMBERSHIP       bytes   20    12      -
  IPV6_AUTHHDR              bytes   10    -       -
  IPV6_AUTOFLOWLABEL        boolean 70    -       -
  IPV6_CHECKSUM             int     7     26      -   set=2
  IPV6_DEL_IFLIST           int     -     30      -
  IPV6_DONTFRAG             boolean 62    14      -
  IPV6_DROP_MEMBERSHIP      bytes   21    13      -
  IPV6_DSTOPTS              bytes   59    -       -
  IPV6_ECN                  boolean -     50      -
  IPV6_FLOWINFO             boolean 11    -       -
  IPV6_FLOWLABEL_MGR        bytes   32    -       -
  IPV6_FREEBIND             boolean 78    -       -
  IPV6_GET_IFLIST           bytes   -     33      -
  IPV6_HDRINCL              boolean 36    2       -
  IPV6_HOPLIMIT             int     52    21      -
  IPV6_HOPOPTS              bytes   54    1       -
  IPV6_IFLIST               boolean -     28      -
  IPV6_IPSEC_POLICY         bytes   34    -       -
  IPV6_JOIN_ANYCAST         bytes   27    -       -
  IPV6_JOIN_GROUP           bytes   20    12      12
  IPV6_LEAVE_ANYCAST        bytes   28    -       -
  IPV6_LEAVE_GROUP          bytes   21    13      13
  IPV6_MINHOPCOUNT          int     73    -       -   set=2
  IPV6_MTU                  int     24    72      -   set=1300
  IPV6_MTU_DISCOVER         int     23    71      -   set=1
  IPV6_MULTICAST_ALL        boolean 29    -       -
  IPV6_MULTICAST_HOPS       int     18    10      10  set=3
  IPV6_MULTICAST_IF         int     17    9       9
  IPV6_MULTICAST_LOOP       boolean 19    11      11
  IPV6_NEXTHOP              bytes   9     -       -
  IPV6_NRT_INTERFACE        bytes   -     74      -
  IPV6_ORIGDSTADDR          boolean 74    -       -
  IPV6_PATHMTU              bytes   61    -       -
  IPV6_PKTINFO              bytes   50    19      -
  IPV6_PKTINFO_EX           boolean -     51      -
  IPV6_PROTECTION_LEVEL     int     -     23      -   set=10
  IPV6_RECVDSTADDR          boolean -     25      -
  IPV6_RECVDSTOPTS          boolean 58    -       -
  IPV6_RECVECN              boolean -     50      -
  IPV6_RECVERR              boolean 25    75      -
  IPV6_RECVERR_RFC4884      boolean 31    -       -
  IPV6_RECVFRAGSIZE         boolean 77    -       -
  IPV6_RECVHOPLIMIT         boolean 51    -       -
  IPV6_RECVHOPOPTS          boolean 53    -       -
  IPV6_RECVIF               boolean -     24      -
  IPV6_RECVORIGDSTADDR      boolean 74    -       -
  IPV6_RECVPATHMTU          boolean 60    -       -
  IPV6_RECVPKTINFO          boolean 49    -       -
  IPV6_RECVRTHDR            boolean 56    38      -
  IPV6_RECVTCLASS           boolean 66    40      -
  IPV6_ROUTER_ALERT         boolean 22    -       -
  IPV6_RTHDR                bytes   57    32      -
  IPV6_RTHDRDSTOPTS         bytes   55    -       -
  IPV6_TCLASS               int     67    39      -   set=16
  IPV6_TRANSPARENT          boolean 75    -       -
  IPV6_UNICAST_HOPS         int     16    4       4   set=42
  IPV6_UNICAST_IF           int     76    31      -
  IPV6_USER_MTU             int     -     76      -   set=1400
  IPV6_V6ONLY               boolean 26    27      27
  IPV6_WFP_REDIRECT_CONTEXT bytes   -     70      -
  IPV6_WFP_REDIRECT_RECORDS bytes   -     60      -
  IPV6_XFRM_POLICY          bytes   35    -       -
`;
