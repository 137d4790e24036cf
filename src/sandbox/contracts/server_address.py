"""Where requests go, and what follows from that."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from sandbox.errors import InputError


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """An address of a server. It is shown by host and port alone: the rest may hold a password or a key."""

    url: str = field(repr=False)
    host: str
    port: int | None

    @classmethod
    def parse(cls, url: str) -> Self:
        """The address that a `base_url` holds.

        Raises:
            InputError: it is no address of a server.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            parts, host, port = urlsplit(""), None, None
        if parts.scheme not in {"http", "https"} or not host:
            raise InputError("base_url is no address: write it like http://localhost:8080/v1")
        return cls(url, host, port)

    @property
    def name(self) -> str:
        """The host, and the port if one is given."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    def is_at(self, *hosts: str) -> bool:
        """Whether this is one of these hosts, or a subdomain of one."""
        return any(self.host == host or self.host.endswith(f".{host}") for host in hosts)

    @property
    def is_loopback(self) -> bool:
        """Whether what is sent there stays on this machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
