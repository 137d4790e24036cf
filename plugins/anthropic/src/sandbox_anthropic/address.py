"""Where requests go, and what follows from that."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from sandbox.errors import InputError

VENDOR_URL = "https://api.anthropic.com"


@dataclass(frozen=True, slots=True)
class ServiceAddress:
    """An address of a server. It is shown by host and port alone: the rest may hold a password or a key."""

    url: str = field(repr=False)
    host: str
    port: int | None

    @classmethod
    def parse(cls, base_url: str) -> Self:
        """The address that a `base_url` holds; empty means the vendor's.

        Raises:
            InputError: it is no address of a server.
        """
        url = base_url or VENDOR_URL
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            parts, host, port = urlsplit(""), None, None
        if parts.scheme not in {"http", "https"} or not host:
            raise InputError("base_url is no address: write it like http://localhost:8080")
        # The SDK adds /v1 itself, and people write it because other services want it.
        return cls(url.rstrip("/").removesuffix("/v1"), host, port)

    @property
    def name(self) -> str:
        """The host, and the port if one is given."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    @property
    def is_vendor(self) -> bool:
        """Whether this is Anthropic, which wants a key."""
        return self.host == urlsplit(VENDOR_URL).hostname

    @property
    def is_loopback(self) -> bool:
        """Whether what is sent there stays on this machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
