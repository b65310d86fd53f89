/**
 * Options of level NSPROTO_IPX, as Microsoft's pages list them (wsnwlink.h). Only sockets of IPX have them, so they are
 * without numbers here: documents may name them, and no socket of TCP or UDP is asked.
 * The columns are explained in option-table.ts.
 */
export const NSPROTO_IPX_ROWS = `
  name                       type
  IPX_ADDRESS                bytes
  IPX_ADDRESS_NOTIFY         bytes
  IPX_DSTYPE                 int
  IPX_EXTENDED_ADDRESS       boolean
  IPX_FILTERPTYPE            int
  IPX_GETNETINFO             bytes
  IPX_GETNETINFO_NORIP       bytes
  IPX_IMMEDIATESPXACK        boolean
  IPX_MAXSIZE                int
  IPX_MAX_ADAPTER_NUM        int
  IPX_PTYPE                  int
  IPX_RECEIVE_BROADCAST      boolean
  IPX_RECVHDR                boolean
  IPX_RERIPNETNUMBER         bytes
  IPX_SPXGETCONNECTIONSTATUS bytes
  IPX_STOPFILTERPTYPE        int
`;
