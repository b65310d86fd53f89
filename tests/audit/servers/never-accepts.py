"""Listens with the shortest of queues, accepts nothing, and says when it is ready."""

import socket
import sys
import time

listener = socket.socket()
listener.bind(("0.0.0.0", int(sys.argv[1])))
listener.listen(0)
print("ready", flush=True)
time.sleep(600)
