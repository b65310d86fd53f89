"""
Takes the ports of the servers that corners.py describes, as far as it can, and tells what it got: a second opinion on
what `bindcheck audit` says, which shares nothing with it.
"""

import ctypes
import itertools
import json
import os
import select
import socket
import struct
import sys
import time

from corners import OPTIONS, SO_ATTACH_REUSEPORT_CBPF, place

COUNT = 30
WILDCARDS = ("0.0.0.0", "::")


def addresses_to_try(spec):
    """Pairs of an address, and whether an IPv6 socket takes no IPv4."""
    own = spec["address"]
    if ":" not in own:
        tried = [("0.0.0.0", None), ("127.0.0.1", None), ("10.9.9.1", None), (own, None)]
        tried += [("::", False), ("::ffff:0.0.0.0", False), ("::ffff:127.0.0.1", False)]
    else:
        tried = [("::", True), ("::", False), ("::1", True), (own, not own.startswith("::ffff"))]
        tried += [("0.0.0.0", None), ("127.0.0.1", None)]
    return list(dict.fromkeys(tried))


def is_part_of(address, spec):
    """Whether all that a socket of the address stands for is the server's."""
    own = spec["address"]
    plain, plain_own = (name.replace("::ffff:", "") for name in (address, own))
    if plain == plain_own and (":" in plain) == (":" in plain_own):
        return True
    if own == "0.0.0.0":
        return ":" not in plain
    if own == "::":
        return ":" in plain or not spec.get("only6", False)
    return False


def open_thief(spec, address, only6, letters, device, connects, steer):
    kind = socket.SOCK_STREAM if spec["protocol"] == "tcp" else socket.SOCK_DGRAM
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    thief = socket.socket(family, kind)
    try:
        for letter in letters:
            thief.setsockopt(*OPTIONS[letter], 1)
        if only6 is not None:
            thief.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(only6))
        if spec.get("foreign") and address == spec["address"]:
            thief.setsockopt(*OPTIONS["F"], 1)
        if device:
            thief.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device.encode() + b"\0")
        thief.bind(place(address, spec["port"]))
        if "join" in spec:
            join(thief, family, *spec["join"])
        if connects and (":" in address) == (":" in spec["peer"]):
            thief.connect(place(spec["peer"], spec["peer_port"]))
        if kind == socket.SOCK_STREAM:
            thief.listen(200)
        if steer is not None:
            code = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, steer))
            program = struct.pack("HL", 1, ctypes.addressof(code))
            thief.setsockopt(socket.SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, program)
        return thief
    except OSError:
        thief.close()
        return None


def join(thief, family, group, interface):
    index = socket.if_nametoindex(interface)
    try:
        if family == socket.AF_INET6 and ":" in group:
            request = socket.inet_pton(socket.AF_INET6, group) + struct.pack("I", index)
            thief.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, request)
        elif ":" not in group:
            request = socket.inet_aton(group) + struct.pack("=4si", b"\0" * 4, index)
            thief.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, request)
    except OSError:
        pass


def targets_of(spec):
    """Where clients send to reach the server; nothing for an address that is not this machine's."""
    own = spec["address"]
    if spec.get("foreign"):
        return []
    if "join" in spec and own not in WILDCARDS:
        return [own]
    if own == "0.0.0.0":
        return ["127.0.0.1"] if "device" in spec else ["127.0.0.1", "10.9.9.1"]
    if own == "::":
        return ["::1"] if spec.get("only6") else ["::1", "127.0.0.1"]
    return [own]


def send_all(spec, target):
    """Sends from as many sockets as there are datagrams or connections; they stay open."""
    kind = socket.SOCK_STREAM if spec["protocol"] == "tcp" else socket.SOCK_DGRAM
    family = socket.AF_INET6 if ":" in target and not target.startswith("::ffff") else socket.AF_INET
    target = target.replace("::ffff:", "")
    senders = []
    for _ in range(1 if "peer" in spec else COUNT):
        sender = socket.socket(family, kind)
        senders.append(sender)
        sender.settimeout(1)
        if "peer" in spec:
            sender.bind(place(spec["peer"], spec["peer_port"]))
        if "join" in spec and family == socket.AF_INET:
            request = struct.pack("=4s4si", b"\0" * 4, b"\0" * 4, socket.if_nametoindex(spec["join"][1]))
            sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, request)
        try:
            sender.connect(place(target, spec["port"]))
        except OSError:
            continue  # the server has ended it already
        if kind == socket.SOCK_DGRAM:
            for _ in range(COUNT if "peer" in spec else 1):
                try:
                    sender.send(b"x")
                except OSError:
                    pass
    return senders


def stands_for(address, target):
    """Whether a socket that is bound to an address is one that gets what is sent to the target."""
    plain, plain_target = (name.replace("::ffff:", "") for name in (address, target))
    return plain in WILDCARDS or plain == plain_target


def count_taken(spec, thief, address):
    """What part it gets of all that is sent to the server's addresses that are the thief's too; null for none."""
    targets = [target for target in targets_of(spec) if stands_for(address, target)]
    if not targets:
        return None
    taken = 0
    thief.setblocking(False)
    for target in targets:
        senders = send_all(spec, target)
        left = COUNT
        # What was sent on this machine is there, unless the kernel put it off while others wanted the processor.
        while left > 0 and select.select([thief], [], [], 0.1)[0]:
            try:
                if spec["protocol"] == "tcp":
                    taken_one = thief.accept()[0]
                    taken_one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    taken_one.close()
                else:
                    thief.recv(100)
            except OSError:
                break
            taken += 1
            left -= 1
        for sender in senders:
            sender.close()
    return taken / (COUNT * len(targets))


def attack(spec):
    """Every way in, as the account that this process has."""
    ways = []
    devices = [None, spec.get("device", "lo")]
    for (address, only6), letters, device, connects in itertools.product(
        addresses_to_try(spec), ("", "R", "P", "RP"), devices, {False, "peer" in spec}
    ):
        thief = open_thief(spec, address, only6, letters, device, connects, None)
        if thief is None:
            continue
        share = count_taken(spec, thief, address)
        thief.close()
        ways.append(
            {
                "letters": letters,
                "device": device,
                "address": address,
                "connects": connects,
                "isOwn": is_part_of(address, spec),
                "share": share,
            }
        )
        time.sleep(0.002)
    return ways


def steer(spec):
    """The largest part that a member of the server's own group gets by a program that chooses among them."""
    best = 0
    only6 = None if ":" not in spec["address"] else bool(spec.get("only6"))
    for index in range(spec.get("members", 1) + 1):
        thief = open_thief(spec, spec["address"], only6, "P", spec.get("device"), False, index)
        if thief is None:
            return None
        best = max(best, count_taken(spec, thief, spec["address"]) or 0)
        thief.close()
    return best


def as_account(uid, do):
    """What `do` returns in a process of another account."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        os.write(writer, json.dumps(do()).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as result:
        text = result.read()
    os.waitpid(child, 0)
    return json.loads(text)


def tell(spec):
    own = spec.get("uid", 0)
    other = 65534 if own == 0 else 0
    return {
        "same": as_account(own, lambda: attack(spec)),
        "other": as_account(other, lambda: attack(spec)),
        "steered": as_account(own, lambda: steer(spec)) if "P" in spec.get("options", "") else None,
    }


if __name__ == "__main__":
    print(json.dumps([tell(spec) for spec in json.loads(sys.argv[1])]))
