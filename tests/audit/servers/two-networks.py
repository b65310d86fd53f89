"""Listens in a network namespace of its own, then, by another process, in the one it was started in."""

import ctypes
import os
import socket
import sys
import time

CLONE_NEWNET = 0x40000000  # include/uapi/linux/sched.h


def listen(address):
    server = socket.socket()
    server.bind((address, int(sys.argv[1])))
    server.listen(5)
    return server


reader, writer = os.pipe()
if os.fork() == 0:
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
        sys.exit(os.strerror(ctypes.get_errno()))
    there = listen("0.0.0.0")
    os.write(writer, b"up")
    time.sleep(600)
os.read(reader, 2)
here = listen("127.0.0.1")
time.sleep(600)
