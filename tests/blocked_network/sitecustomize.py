"""Every Python that a test starts imports this file first: no connection leaves this computer.

The folder stands in PYTHONPATH while tests run, so that the kernels of lessons and the command
line are blocked as well, not only the test's own process.
"""

import ipaddress
import socket

_LOCAL_NAMES = {"", "localhost", "ip6-localhost"}


class BlockedNetworkError(RuntimeError):
    """A test or a lesson tried to reach another computer.

    It is no OSError, because libraries swallow those and go on without the network.
    """


def _refuse_far(family, host):
    if family not in (socket.AF_INET, socket.AF_INET6):
        return
    if isinstance(host, bytes):
        host = host.decode()
    try:
        local = ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        local = host.lower() in _LOCAL_NAMES
    if not local:
        raise BlockedNetworkError(f"No network in lessons and tests: {host} was asked for.")


def _guarded(method):
    def call(self, *args):
        address = args[-1]
        if isinstance(address, tuple):
            _refuse_far(self.family, address[0])
        return method(self, *args)

    return call


def block():
    """Refuse connections to other computers in this process."""
    if getattr(socket, "blocked_by_playbook", False):
        return
    socket.blocked_by_playbook = True
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    look_up = socket.getaddrinfo

    def local_names_only(host, *args, **named):
        if host is not None:
            _refuse_far(socket.AF_INET, host)
        return look_up(host, *args, **named)

    socket.getaddrinfo = local_names_only


block()
