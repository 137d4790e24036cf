"""What `sandbox.toml` may say under `[providers.bedrock]`, and where requests go because of it."""

import os
import re
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from sandbox.contracts.server_address import ServerAddress
from sandbox.domain.record import Record
from sandbox.errors import ErrorKind, InputError, ProviderError

REGION_VARIABLES = ("AWS_REGION", "AWS_DEFAULT_REGION")
_REGION = re.compile(r"[a-z]{2,5}(-[a-z]+)+-[0-9]{1,2}")


class BedrockOptions(Record):
    """How Amazon Bedrock is asked."""

    region: str = ""
    """Empty means what the variable AWS_REGION says, or else AWS_DEFAULT_REGION."""
    profile: str = ""
    """A profile of the AWS configuration on this machine; empty means what AWS's own tools would take."""
    keys: Literal["aws", "environment"] = "aws"
    """Where keys are looked for: wherever AWS's own tools look, or in variables alone."""
    base_url: str = ""
    """For an endpoint of your own network; empty means Amazon's endpoint of the region."""
    structured: Literal["native", "tool", "prompt"] = "tool"
    """The best way in which the models that you use can be held to a JSON schema."""
    max_concurrency: int = Field(default=8, ge=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Where the AWS SDK looks for keys; they themselves are never kept here."""

    profile: str = ""
    only_variables: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where requests go."""

    region: str
    address: ServerAddress | None = None
    """None means Amazon's endpoint of the region."""

    @property
    def name(self) -> str:
        """What people and records call it."""
        return self.address.name if self.address else f"Amazon Bedrock in {self.region}"

    @property
    def url(self) -> str | None:
        """The address, which may hold a secret; None means Amazon's endpoint of the region."""
        return self.address.url if self.address else None

    @property
    def is_loopback(self) -> bool:
        """Whether what is sent there stays on this machine."""
        return self.address is not None and self.address.is_loopback

    @property
    def is_unencrypted(self) -> bool:
        """Whether it is reached without TLS."""
        return self.address is not None and self.address.url.startswith("http:")


def place_of(options: BedrockOptions) -> Place:
    """Where the options and the environment send requests.

    Raises:
        ProviderError: of kind `unavailable`, if nobody named a region.
        InputError: the region or the address is none.
    """
    named = options.region or next(filter(None, map(os.environ.get, REGION_VARIABLES)), "")
    region = named.strip()
    if not region:
        # A region in AWS's own files is not taken: where texts are read is to be said on purpose.
        raise ProviderError(
            ErrorKind.UNAVAILABLE,
            "Amazon Bedrock is asked in a region, and none is named: set the variable AWS_REGION, or write "
            'region = "eu-central-1" (or another) under [providers.bedrock] in sandbox.toml.',
        )
    if not _REGION.fullmatch(region):
        raise InputError("[providers.bedrock] region is none of AWS: write it like eu-central-1.")
    address = ServerAddress.parse(options.base_url) if options.base_url else None
    return Place(region=region, address=address)
