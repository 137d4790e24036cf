"""Says in our words why Amazon Bedrock gave no answer; its own may hold a prompt, and are not repeated."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.contracts.service_errors import ServiceErrors
from sandbox.errors import ErrorKind, ProviderError
from sandbox_bedrock.refusals import meaning_of

KEY_VARIABLES = (
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
    "AWS_BEARER_TOKEN_BEDROCK",
)
_WHERE_KEYS_GO = (
    "put them into the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a Bedrock API key into "
    "AWS_BEARER_TOKEN_BEDROCK, or name a profile of your AWS configuration under [providers.bedrock]."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallErrors:
    """Makes the errors of one call."""

    place: str
    """Which service, for people."""
    model: str
    timeout_seconds: float

    def refused(self, response: Mapping[str, Any]) -> ProviderError:
        """The service answered with an error, as the AWS SDK for Python reads it."""
        told, metadata = response.get("Error", {}), response.get("ResponseMetadata", {})
        status = metadata.get("HTTPStatusCode")
        kind, advice = meaning_of(str(told.get("Code") or ""), status, str(told.get("Message") or ""))
        return self._errors.of(
            kind,
            advice=advice.format(model=self.model, place=self.place),
            status=status,
            headers=metadata.get("HTTPHeaders", {}),
            request_id=metadata.get("RequestId"),
        )

    def no_keys(self) -> ProviderError:
        """There is nothing to sign a request with."""
        return self._keys_wanted(f"{self.place} wants AWS keys, and there are none here: {_WHERE_KEYS_GO}")

    def odd_key(self, variable: str) -> ProviderError:
        """A variable holds what cannot be a key."""
        return self._keys_wanted(
            f"The variable {variable} holds characters that no key has, such as a space or a line's end: "
            "copy the key again."
        )

    def unusable_keys(self) -> ProviderError:
        """AWS's own configuration names keys, but they cannot be had."""
        return self._keys_wanted(
            "The AWS configuration on this machine names keys that cannot be had: look at its profile, log "
            f"in again ('aws sso login') if it needs that, or {_WHERE_KEYS_GO}"
        )

    def unknown_profile(self) -> ProviderError:
        """AWS's own configuration has no such profile."""
        return self._keys_wanted(
            "The AWS configuration on this machine has no profile of that name: look at profile under "
            "[providers.bedrock], at the variable AWS_PROFILE, and at the file that AWS_CONFIG_FILE names."
        )

    def unreadable_configuration(self) -> ProviderError:
        """AWS's own configuration is broken."""
        return self._unusable(
            "The AWS configuration on this machine cannot be read: mend the file .aws/config or "
            ".aws/credentials in your home folder, or the one that AWS_CONFIG_FILE names."
        )

    def misconfigured(self, complaint: str) -> ProviderError:
        """The SDK cannot begin; its complaint is known by name only."""
        return self._unusable(
            f"The AWS SDK cannot ask {self.place} from here ({complaint}): look at [providers.bedrock] "
            "and at the AWS configuration on this machine."
        )

    def distrusted(self) -> ProviderError:
        """The service's certificate is not trusted."""
        return self._unusable(
            f"The certificate of {self.place} is not trusted here: if your network has its own, put the "
            "path of that certificate into the variable AWS_CA_BUNDLE."
        )

    def malformed(self) -> ProviderError:
        """The SDK does not send such a request."""
        return self._errors.of(
            ErrorKind.INVALID_REQUEST,
            advice=f"Amazon Bedrock takes no such request for '{self.model}': check the model's name, and "
            "that no message is empty.",
        )

    def no_answer(self, request_id: str | None = None) -> ProviderError:
        """What came is no answer, though the service said it was."""
        return self._errors.of(ErrorKind.BAD_RESPONSE, request_id=request_id)

    def unreachable(self) -> ProviderError:
        """The service was not reached, or the connection broke."""
        return self._errors.unreachable()

    def timeout(self) -> ProviderError:
        """The time ran out."""
        return self._errors.timeout(self.timeout_seconds)

    @property
    def _errors(self) -> ServiceErrors:
        return ServiceErrors(service=self.place, model=self.model, key_variable="AWS_ACCESS_KEY_ID")

    def _keys_wanted(self, advice: str) -> ProviderError:
        return self._errors.of(ErrorKind.AUTHENTICATION, advice=advice)

    def _unusable(self, advice: str) -> ProviderError:
        return self._errors.of(ErrorKind.UNAVAILABLE, advice=advice)
