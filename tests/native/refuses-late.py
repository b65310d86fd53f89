"""Runs a command in a namespace with a network 10.9.9.0/24 in which every host refuses TCP two seconds late, as Windows
reports a refusal. Usage: unshare --map-root-user --net python3 refuses-late.py COMMAND..."""
import fcntl, os, struct, subprocess, sys, threading

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000  # linux/if_tun.h
DELAY_S = 2


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def refusal(packet):
    """The reset that answers a SYN (RFC 9293, 3.10.7.1)."""
    here, there = packet[16:20], packet[12:16]
    ports, sequence = struct.unpack("!HH", packet[20:24]), struct.unpack("!I", packet[24:28])[0]
    tcp = struct.pack("!HHIIBBHHH", ports[1], ports[0], 0, sequence + 1 & 0xFFFFFFFF, 5 << 4, 0x14, 0, 0, 0)
    summed = checksum(here + there + struct.pack("!BBH", 0, 6, len(tcp)) + tcp)
    tcp = tcp[:16] + struct.pack("!H", summed) + tcp[18:]
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0) + here + there
    return ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:] + tcp


tun = os.open("/dev/net/tun", os.O_RDWR)
fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH22s", b"late0", IFF_TUN | IFF_NO_PI, b""))
for words in ("addr add 10.9.9.1/24 dev late0", "link set late0 up", "link set lo up"):
    subprocess.run(["ip", *words.split()], check=True)


def serve():
    while True:
        packet = os.read(tun, 2048)
        is_syn = packet[0] == 0x45 and packet[9] == 6 and packet[33] & 0x12 == 0x02
        if is_syn:
            threading.Timer(DELAY_S, os.write, (tun, refusal(packet))).start()


threading.Thread(target=serve, daemon=True).start()
command = subprocess.Popen(sys.argv[1:])
sys.exit(command.wait())
