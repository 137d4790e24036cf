"""What `sandbox.toml` may say under `[providers.google]`, and where requests go then."""

from dataclasses import dataclass
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field

from sandbox.contracts.server_address import ServerAddress
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
class Place:
    """Where requests go."""

    address: ServerAddress

    @property
    def name(self) -> str:
        """What people and records call it: Gemini, or another server by its host and port."""
        return "Gemini" if self.is_vendor else self.address.name

    @property
    def is_vendor(self) -> bool:
        """Whether it is Google's own."""
        return self.address.host == urlsplit(VENDOR_URL).hostname

    @classmethod
    def parse(cls, base_url: str) -> Self:
        """The place that a `base_url` names; the vendor's if it is empty.

        Raises:
            InputError: it is no address of a server.
        """
        if "?" in base_url or "#" in base_url:
            raise InputError("[providers.google] base_url is no address: leave out what follows ? or #.")
        return cls(ServerAddress.parse(base_url.rstrip("/") or VENDOR_URL))
