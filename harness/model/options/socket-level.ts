/**
 * Options of level SOL_SOCKET: asm-generic/socket.h; winsock2.h, ws2def.h and mswsock.h; sys/socket.h of
 * FreeBSD, OpenBSD and macOS. SO_PROTECT is named by Microsoft's page alone.
 * The columns are explained in option-table.ts.
 */
export const SOL_SOCKET_ROWS = `
  name                             type    linux windows bsd
  PVD_CONFIG                       bytes   -     0x3001  -
  SO_ACCEPTCONN                    boolean 30    2       2
  SO_ATTACH_BPF                    bytes   50    -       -
  SO_ATTACH_FILTER                 bytes   26    -       -
  SO_ATTACH_REUSEPORT_CBPF         bytes   51    -       -
  SO_ATTACH_REUSEPORT_EBPF         int     52    -       -
  SO_BINDTODEVICE                  ifname  25    -       -
  SO_BINDTOIFINDEX                 int     62    -       -
  SO_BPF_EXTENSIONS                boolean 48    -       -
  SO_BROADCAST                     boolean 6     32      32
  SO_BSDCOMPAT                     boolean 14    -       -
  SO_BSP_STATE                     bytes   -     0x1009  -      volatile
  SO_BUF_LOCK                      int     72    -       -
  SO_BUSY_POLL                     int     46    -       -      set=50
  SO_BUSY_POLL_BUDGET              int     70    -       -      set=8
  SO_COMPARTMENT_ID                int     -     0x3004  -
  SO_CONDITIONAL_ACCEPT            boolean -     0x3002  -
  SO_CONNDATA                      bytes   -     0x7000  -
  SO_CONNDATALEN                   int     -     0x7004  -
  SO_CONNECT_TIME                  int     -     0x700c  -      volatile
  SO_CONNOPT                       bytes   -     0x7001  -
  SO_CONNOPTLEN                    int     -     0x7005  -
  SO_COOKIE                        int     57    -       -      volatile
  SO_DEBUG                         boolean 1     1       1
  SO_DETACH_FILTER                 bytes   27    -       -      unset
  SO_DETACH_REUSEPORT_BPF          int     68    -       -
  SO_DISCDATA                      bytes   -     0x7002  -
  SO_DISCDATALEN                   int     -     0x7006  -
  SO_DISCOPT                       bytes   -     0x7003  -
  SO_DISCOPTLEN                    int     -     0x7007  -
  SO_DOMAIN                        int     39    -       -
  SO_DONTLINGER                    boolean -     -129    -
  SO_DONTROUTE                     boolean 5     16      16
  SO_ERROR                         int     4     0x1007  0x1007
  SO_EXCLUSIVEADDRUSE              boolean -     -5      -
  SO_GROUP_ID                      int     -     0x2001  -
  SO_GROUP_PRIORITY                int     -     0x2002  -
  SO_INCOMING_CPU                  int     49    -       -      set=0 volatile
  SO_INCOMING_NAPI_ID              int     56    -       -      volatile
  SO_INQ                           boolean 84    -       -
  SO_KEEPALIVE                     boolean 9     8       8
  SO_LINGER                        linger  13    128     128
  SO_LOCK_FILTER                   boolean 44    -       -      unset
  SO_MARK                          int     36    -       -      set=5
  SO_MAXDG                         int     -     0x7009  -
  SO_MAXPATHDG                     int     -     0x700a  -
  SO_MAX_MSG_SIZE                  int     -     0x2003  -
  SO_MAX_PACING_RATE               int     47    -       -      set=1000000
  SO_MEMINFO                       bytes   55    -       -      volatile
  SO_NETNS_COOKIE                  int     71    -       -      volatile
  SO_NOFCS                         boolean 43    -       -
  SO_NO_CHECK                      boolean 11    -       -
  SO_OOBINLINE                     boolean 10    256     256
  SO_OPENTYPE                      int     -     0x7008  -      set=32 process-wide
  SO_ORIGINAL_DST                  bytes   -     0x300f  -
  SO_PASSCRED                      boolean 16    -       -
  SO_PASSPIDFD                     boolean 76    -       -
  SO_PASSRIGHTS                    boolean 83    -       -
  SO_PASSSEC                       boolean 34    -       -
  SO_PAUSE_ACCEPT                  boolean -     0x3003  -
  SO_PEEK_OFF                      int     42    -       -      set=0
  SO_PEERCRED                      bytes   17    -       -      volatile
  SO_PEERGROUPS                    bytes   59    -       -
  SO_PEERNAME                      bytes   28    -       -
  SO_PEERPIDFD                     bytes   77    -       -      volatile
  SO_PEERSEC                       bytes   31    -       -      volatile
  SO_PORT_SCALABILITY              boolean -     0x3006  -
  SO_PREFER_BUSY_POLL              boolean 69    -       -
  SO_PRIORITY                      int     12    -       -      set=3
  SO_PROTECT                       boolean -     -       -
  SO_PROTOCOL                      int     38    -       -
  SO_PROTOCOL_INFO                 bytes   -     0x2004  -      volatile
  SO_PROTOCOL_INFOA                bytes   -     0x2004  -      volatile
  SO_PROTOCOL_INFOW                bytes   -     0x2005  -      volatile
  SO_RANDOMIZE_PORT                boolean -     0x3005  -
  SO_RCVBUF                        int     8     0x1002  0x1002 set=8192
  SO_RCVBUFFORCE                   int     33    -       -      set=8192
  SO_RCVLOWAT                      int     18    0x1004  0x1004 set=2
  SO_RCVMARK                       boolean 75    -       -
  SO_RCVPRIORITY                   boolean 82    -       -
  SO_RCVTIMEO                      timeout 20    0x1006  0x1006
  SO_RCVTIMEO_NEW                  bytes   66    -       -
  SO_RESERVE_MEM                   int     73    -       -      set=65536
  SO_REUSEADDR                     boolean 2     4       4
  SO_REUSEPORT                     boolean 15    -       512
  SO_REUSEPORT_LB                  boolean -     -       -      freebsd=0x10000
  SO_REUSE_MULTICASTPORT           boolean -     0x3008  -
  SO_REUSE_UNICASTPORT             boolean -     0x3007  -
  SO_RXQ_OVFL                      boolean 40    -       -
  SO_SECURITY_AUTHENTICATION       bytes   22    -       -
  SO_SECURITY_ENCRYPTION_NETWORK   bytes   24    -       -
  SO_SECURITY_ENCRYPTION_TRANSPORT bytes   23    -       -
  SO_SELECT_ERR_QUEUE              boolean 45    -       -
  SO_SNDBUF                        int     7     0x1001  0x1001 set=8192
  SO_SNDBUFFORCE                   int     32    -       -      set=8192
  SO_SNDLOWAT                      int     19    0x1003  0x1003 set=2
  SO_SNDTIMEO                      timeout 21    0x1005  0x1005
  SO_SNDTIMEO_NEW                  bytes   67    -       -
  SO_TIMESTAMP                     boolean 29    -       -
  SO_TIMESTAMPING                  int     37    -       -      set=8
  SO_TIMESTAMPING_NEW              int     65    -       -      set=8
  SO_TIMESTAMPNS                   boolean 35    -       -
  SO_TIMESTAMPNS_NEW               boolean 64    -       -
  SO_TIMESTAMP_NEW                 boolean 63    -       -
  SO_TXREHASH                      int     74    -       -
  SO_TXTIME                        bytes   61    -       -
  SO_TYPE                          int     3     0x1008  0x1008
  SO_UPDATE_ACCEPT_CONTEXT         int     -     0x700b  -
  SO_UPDATE_CONNECT_CONTEXT        int     -     0x7010  -
  SO_USELOOPBACK                   boolean -     64      64
  SO_WIFI_STATUS                   boolean 41    -       -
  SO_ZEROCOPY                      boolean 60    -       -
`;
