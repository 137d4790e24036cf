"""What `sandbox.toml` may say under `[providers.google]`, and where requests go then."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field

from sandbox.domain.record import Record
from sandbox.errors import InputError

VENDOR_URL = "https://generativelanguage.googleapis.com"


class GoogleOptions(Record):
    """How the Gemini API is asked. What the SDK would read from the environment does not count."""

    base_url: str = ""
    """Empty means the vendor. The API's version is not part of it."""
    api_key_env: str = Field(default="GEMINI_API_KEY", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """The name of the variable that holds the key; the key itself never stands in a file."""
    structured: Literal["native", "json_object", "prompt"] = "native"
    """The best way in which the models can be held to a JSON schema."""
    max_concurrency: int = Field(default=8, ge=1)


@dataclass(frozen=True, slots=True)
class Address:
    """Where requests go. It is shown by host and port alone: the rest may hold a password or a key."""

    url: str = field(repr=False)
    name: str
    is_loopback: bool = False

    @property
    def is_vendor(self) -> bool:
        """Whether it is Google's own."""
        return self.url == VENDOR_URL

    @classmethod
    def parse(cls, base_url: str) -> Self:
        """The address that a `base_url` holds; the vendor's if it is empty.

        Raises:
            InputError: it is no address of a server.
        """
        if base_url.rstrip("/") in {"", VENDOR_URL}:
            return cls(VENDOR_URL, "Gemini")
        try:
            parts = urlsplit(base_url)
            host, port = parts.hostname, parts.port
        except ValueError:
            parts, host, port = urlsplit(""), None, None
        if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
            raise InputError(
                "[providers.google] base_url is no address: write it like https://gemini.my-school.example"
            )
        shown = f"[{host}]" if ":" in host else host
        return cls(base_url, shown if port is None else f"{shown}:{port}", _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
