/**
 * Options of level IPPROTO_TCP: linux/tcp.h; ws2ipdef.h and winsock2.h; netinet/tcp.h of FreeBSD, OpenBSD and
 * macOS.
 * The columns are explained in option-table.ts.
 */
export const IPPROTO_TCP_ROWS = `
  name                           type    linux windows bsd
  TCP_AO_GET_KEYS                bytes   41    -       -
  TCP_AO_INFO                    bytes   40    -       -
  TCP_AO_REPAIR                  bytes   42    -       -
  TCP_ATMARK                     boolean -     8       -
  TCP_BSDURGENT                  boolean -     0x7000  -
  TCP_CC_INFO                    bytes   26    -       -   volatile
  TCP_CONGESTION                 text    13    -       -
  TCP_CONGESTION_ALGORITHM       int     -     12      -
  TCP_CORK                       boolean 3     -       -
  TCP_DEFER_ACCEPT               int     9     -       -   set=5
  TCP_DELACK_MAX_US              int     46    -       -   set=20000
  TCP_DELAY_FIN_ACK              boolean -     13      -
  TCP_EXPEDITED_1122             boolean -     2       -
  TCP_FAIL_CONNECT_ON_ICMP_ERROR boolean -     18      -
  TCP_FASTOPEN                   int     23    15      -   set=5
  TCP_FASTOPEN_CONNECT           boolean 30    -       -
  TCP_FASTOPEN_KEY               bytes   33    -       -   volatile
  TCP_FASTOPEN_NO_COOKIE         boolean 34    -       -
  TCP_ICMP_ERROR_INFO            bytes   -     19      -
  TCP_INFO                       bytes   11    -       -   volatile
  TCP_INQ                        boolean 36    -       -
  TCP_IS_MPTCP                   boolean 43    -       -
  TCP_KEEPALIVE                  int     -     3       -   set=100
  TCP_KEEPCNT                    int     6     16      -   set=4
  TCP_KEEPIDLE                   int     4     3       -   set=100
  TCP_KEEPINTVL                  int     5     17      -   set=20
  TCP_LINGER2                    int     8     -       -   set=10
  TCP_MAXRT                      int     -     5       -   set=100
  TCP_MAXRTMS                    int     -     14      -   set=5000
  TCP_MAXSEG                     int     2     4       2   set=1000
  TCP_MD5SIG                     bytes   14    -       -
  TCP_MD5SIG_EXT                 bytes   32    -       -
  TCP_NODELAY                    boolean 1     1       1
  TCP_NOSYNRETRIES               boolean -     9       -
  TCP_NOTSENT_LOWAT              int     25    -       -   set=16384
  TCP_NOURG                      boolean -     7       -
  TCP_OFFLOAD_PREFERENCE         int     -     11      -
  TCP_QUEUE_SEQ                  int     21    -       -   volatile
  TCP_QUICKACK                   boolean 12    -       -
  TCP_REPAIR                     boolean 19    -       -   unset
  TCP_REPAIR_OPTIONS             bytes   22    -       -   unset
  TCP_REPAIR_QUEUE               int     20    -       -
  TCP_REPAIR_WINDOW              bytes   29    -       -   unset
  TCP_RTO_MAX_MS                 int     44    -       -   set=60000
  TCP_RTO_MIN_US                 int     45    -       -   set=100000
  TCP_SAVED_SYN                  bytes   28    -       -
  TCP_SAVE_SYN                   boolean 27    -       -
  TCP_STDURG                     boolean -     6       -
  TCP_SYNCNT                     int     7     -       -   set=3
  TCP_THIN_DUPACK                boolean 17    -       -
  TCP_THIN_LINEAR_TIMEOUTS       boolean 16    -       -
  TCP_TIMESTAMP                  int     24    -       -   volatile
  TCP_TIMESTAMPS                 boolean -     10      -
  TCP_TX_DELAY                   int     37    -       -   set=1000
  TCP_ULP                        text    31    -       -
  TCP_USER_TIMEOUT               int     18    -       -   set=5000
  TCP_WINDOW_CLAMP               int     10    -       -   set=16384
  TCP_ZEROCOPY_RECEIVE           bytes   35    -       -
`;
