"""
Audits the servers of corners.py in a network of its own, with a census and without, then attacks them, and writes what
both said. Watches meanwhile whether anything leaves by the interface that has the default route.

Usage: run.py NODE PROGRAM FOLDER SPECS
"""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ETH_P_ALL = 3


def make_network():
    ip("link set lo up")
    ip("link add d0 type veth peer name d1")
    for name, setting in (("d0", "accept_dad=0"), ("d1", "disable_ipv6=1")):
        key, _, value = setting.partition("=")
        with open(f"/proc/sys/net/ipv6/conf/{name}/{key}", "w") as file:
            file.write(value)
    ip("addr add 10.9.9.1/24 dev d0")
    ip("link set d1 up")
    ip("link set d0 up")
    ip("route add default via 10.9.9.2")


def ip(words):
    subprocess.run(["ip", *words.split()], check=True)


def link_local():
    """The address that the kernel gives the interface, once it is ready."""
    while True:
        with open("/proc/net/if_inet6") as table:
            for row in table:
                digits, _, _, scope, flags, name = row.split()
                if name == "d0" and scope == "20" and not int(flags, 16) & 0x40:
                    return socket.inet_ntop(socket.AF_INET6, bytes.fromhex(digits)) + "%d0"
        time.sleep(0.05)


class Watch:
    """Notes what arrives at the other end of a wire, except the kernel's own reports of multicast memberships."""

    def __init__(self, name):
        self.seen = []
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL))
        self.socket.bind((name, ETH_P_ALL))
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        while True:
            packet, (_, kind, direction, *_) = self.socket.recvfrom(2000)
            if direction != socket.PACKET_OUTGOING and not self.is_report(kind, packet):
                self.seen.append(f"{kind:04x} {packet[:48].hex()}")

    @staticmethod
    def is_report(kind, packet):
        """IGMP (RFC 3376); ICMPv6 135 to 143: neighbours, routers, MLD (RFC 4861, RFC 3810)."""
        if kind == 0x0800:
            return packet[9] == 2
        if kind == 0x86DD:
            body = packet[40:]
            body = body[8:] if packet[6] == 0 else body
            return bool(body) and 130 <= body[0] <= 143
        return False


def main(node, program, folder, text):
    make_network()
    specs = json.loads(re.sub(r"fe80::d0", link_local(), text))
    watch = Watch("d1")
    server = [sys.executable, os.path.join(HERE, "corners.py"), json.dumps(specs)]
    for name, words in (("counted", ["--census"]), ("silent", [])):
        report = f"--reporter=json={folder}/{name}.json"
        subprocess.run([node, program, "audit", report, *words, "--", *server], check=False)
    time.sleep(0.2)
    leaked = list(watch.seen)
    running = subprocess.Popen(server, stdout=subprocess.PIPE)
    try:
        running.stdout.readline()  # all are open
        words = [sys.executable, os.path.join(HERE, "attack.py"), json.dumps(specs)]
        attack = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
    finally:
        running.kill()
    with open(f"{folder}/attack.json", "w") as file:
        json.dump({"specs": specs, "leaked": leaked, "attack": json.loads(attack)}, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
