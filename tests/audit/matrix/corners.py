"""
Opens the sockets that a list of JSON objects on the command line describes, says when all are open, and takes whatever
comes.
"""

import ctypes
import json
import os
import selectors
import socket
import struct
import sys
import time

OPTIONS = {
    "R": (socket.SOL_SOCKET, socket.SO_REUSEADDR),
    "P": (socket.SOL_SOCKET, socket.SO_REUSEPORT),
    "F": (socket.IPPROTO_IP, 15),  # IP_FREEBIND, include/uapi/linux/in.h
    "T": (socket.IPPROTO_IP, 19),  # IP_TRANSPARENT
}
SO_ATTACH_REUSEPORT_CBPF = 51  # include/uapi/asm-generic/socket.h


def place(address, port):
    """A tuple for bind; the zone of a link-local address is a name."""
    name, _, zone = address.partition("%")
    if ":" not in name:
        return (name, port)
    return (name, port, 0, socket.if_nametoindex(zone) if zone else 0)


def open_socket(spec):
    family = socket.AF_INET6 if ":" in spec["address"] else socket.AF_INET
    kind = socket.SOCK_STREAM if spec["protocol"] == "tcp" else socket.SOCK_DGRAM
    opened = socket.socket(family, kind)
    for letter in spec.get("options", ""):
        opened.setsockopt(*OPTIONS[letter], 1)
    if family == socket.AF_INET6:
        opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(spec.get("only6", False)))
    if "device" in spec:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, spec["device"].encode() + b"\0")
    opened.bind(place(spec["address"], spec["port"]))
    if "join" in spec:
        group, interface = spec["join"]
        if ":" in group:
            request = socket.inet_pton(socket.AF_INET6, group) + struct.pack("I", socket.if_nametoindex(interface))
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, request)
        else:
            request = socket.inet_aton(group) + struct.pack("=4si", b"\0" * 4, socket.if_nametoindex(interface))
            opened.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, request)
    if "peer" in spec:
        opened.connect(place(spec["peer"], spec["peer_port"]))
    if kind == socket.SOCK_STREAM:
        opened.listen(200)
    if spec.get("steered"):
        # One instruction, "return 0": all goes to the first member.
        code = struct.pack("HBBI", 0x06, 0, 0, 0)
        buffer = ctypes.create_string_buffer(code)
        program = struct.pack("HL", 1, ctypes.addressof(buffer))
        opened.setsockopt(socket.SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, program)
    opened.setblocking(False)
    return opened


def serve(specs):
    began = time.monotonic()
    waiting = sorted(specs, key=lambda spec: spec.get("after", 0))
    selector = selectors.DefaultSelector()
    while True:
        while waiting and time.monotonic() - began >= waiting[0].get("after", 0):
            spec = waiting.pop(0)
            os.seteuid(spec.get("uid", 0))
            for _ in range(spec.get("members", 1)):
                opened = open_socket(spec)
                selector.register(opened, selectors.EVENT_READ)
            os.seteuid(0)
            if not waiting:
                print("open", flush=True)
        for key, _ in selector.select(0.05):
            try:
                if key.fileobj.type == socket.SOCK_STREAM:
                    # A reset leaves no TIME_WAIT, which would keep the port from the next start.
                    taken = key.fileobj.accept()[0]
                    taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    taken.close()
                else:
                    key.fileobj.recv(100)
            except OSError:
                pass


if __name__ == "__main__":
    serve(json.loads(sys.argv[1]))
