"""Says in our words why a service on the web gave no answer, for providers that ask one over HTTP.

A service's own sentence is never repeated: it may quote the prompt, which is a student's, or the key.
"""

import errno
import math
import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sandbox.errors import ErrorKind, ProviderError

IDLE_SECONDS = 4
"""How long a connection is kept for the next request.

Servers hang up after five; whoever waits as long writes into a connection that is being closed.
"""
LARGEST_ANSWER_BYTES = 64 * 2**20
"""More is no answer, but a server that does not stop: the longest stream of a model has a third of it."""

_KIND_OF_STATUS = {
    401: ErrorKind.AUTHENTICATION,
    402: ErrorKind.QUOTA,
    403: ErrorKind.AUTHENTICATION,
    404: ErrorKind.UNKNOWN_MODEL,
    408: ErrorKind.TRANSIENT,
    409: ErrorKind.TRANSIENT,
    413: ErrorKind.CONTEXT_LENGTH,
    429: ErrorKind.RATE_LIMIT,
}
_ADVICE = {
    ErrorKind.AUTHENTICATION: "{service} does not let this key use '{model}': "
    "check the variable {key_variable}, and what the key may do.",
    ErrorKind.QUOTA: "The account at {service} has no credit left: check its plan and billing.",
    ErrorKind.UNKNOWN_MODEL: "{service} knows no model '{model}': check the name, "
    "whether your account may use it, and base_url if you set one.",
    ErrorKind.RATE_LIMIT: "{service} wants fewer requests: wait a little, or lower max_concurrency.",
    ErrorKind.CONTEXT_LENGTH: "The request is longer than '{model}' can take: "
    "shorten the inputs, lower max_output_tokens, or choose another model.",
    ErrorKind.CONTENT_FILTER: "The content filter of {service} refused the request: "
    "look at the inputs of this case.",
    ErrorKind.TRANSIENT: "{service} cannot answer now{status}: try again later.",
    ErrorKind.INVALID_REQUEST: "{service} refused the request{status}: check the settings and options.",
    ErrorKind.BAD_RESPONSE: "{service} sent something that is no answer{status}: "
    "check base_url if you set one, or try again later.",
    ErrorKind.UNAVAILABLE: "{service} cannot be used from here{status}.",
}
_NO_MORE_FILES = {errno.EMFILE, errno.ENFILE, 10024}  # the last is what Windows says
_NAME = re.compile(r"[A-Za-z_][\w.\[\]-]{0,79}", re.ASCII)


class AnswerTooLargeError(Exception):
    """A service sends more than an answer can have; `ServiceErrors.too_large` says it to people."""


def kind_of_status(status: int) -> ErrorKind:
    """What an HTTP status that is an error mostly means; a service's own code may say more."""
    if status >= 500:
        return ErrorKind.TRANSIENT
    return _KIND_OF_STATUS.get(status, ErrorKind.INVALID_REQUEST)


def retry_after_seconds(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """How long the service asks to wait: in (milli)seconds, or until a date (RFC 9110, 10.2.3)."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    wanted = headers.get("retry-after")
    seconds = _number(wanted)
    if seconds is not None or wanted is None:
        return seconds
    try:
        until = parsedate_to_datetime(wanted)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())


def is_plain_name(text: object) -> bool:
    """Whether a word of a service is a bare name, such as that of a setting, and so safe to repeat."""
    return isinstance(text, str) and _NAME.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceErrors:
    """Makes the errors of one call: which model was asked, where, and which variable holds the key."""

    service: str
    """Its name or address, for people."""
    model: str
    key_variable: str = ""

    def of(
        self,
        kind: ErrorKind,
        *,
        advice: str = "",
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        request_id: str | None = None,
    ) -> ProviderError:
        """An error of this kind, with the usual advice unless there is better."""
        usual = _ADVICE.get(kind, "").format(
            service=self.service,
            model=self.model,
            key_variable=self.key_variable or "that api_key_env names",
            status=f" (HTTP {status})" if status else "",
        )
        return ProviderError(
            kind,
            advice or usual,
            status=status,
            retry_after_seconds=retry_after_seconds(headers or {}),
            request_id=request_id,
        )

    def of_status(
        self, status: int, headers: Mapping[str, str] | None = None, *, request_id: str | None = None
    ) -> ProviderError:
        """The service answered with an HTTP status that is an error."""
        return self.of(kind_of_status(status), status=status, headers=headers, request_id=request_id)

    def timeout(self, seconds: float) -> ProviderError:
        """The time ran out."""
        advice = (
            f"{self.service} did not answer within {seconds:g} seconds: allow more time, or ask for less."
        )
        return self.of(ErrorKind.TIMEOUT, advice=advice)

    def too_large(self) -> ProviderError:
        """What the service sent had no end."""
        megabytes = LARGEST_ANSWER_BYTES // 2**20
        advice = (
            f"{self.service} sent more than {megabytes} megabytes, which is no answer: check base_url if "
            "you set one, or try again later."
        )
        return self.of(ErrorKind.BAD_RESPONSE, advice=advice)

    def unreachable(self, cause: BaseException | None = None) -> ProviderError:
        """The service was not reached, or the connection broke; time mends no distrusted certificate."""
        causes = list(_causes(cause))
        if any(isinstance(each, ssl.SSLCertVerificationError) for each in causes):
            advice = (
                f"The certificate of {self.service} is not trusted here: if your network has its own, "
                "put the path of that certificate into the variable SSL_CERT_FILE."
            )
            return self.of(ErrorKind.UNAVAILABLE, advice=advice)
        if any(isinstance(each, OSError) and each.errno in _NO_MORE_FILES for each in causes):
            advice = (
                f"No more connections to {self.service} can be opened on this machine: lower "
                "max_concurrency for this provider, or allow more open files ('ulimit -n 4096')."
            )
            return self.of(ErrorKind.TRANSIENT, advice=advice)
        advice = f"{self.service} cannot be reached: check that it runs, its address, and your network."
        return self.of(ErrorKind.TRANSIENT, advice=advice)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that led to it."""
    left, seen = [error], set[int]()
    while left:
        cause = left.pop()
        if cause is None or id(cause) in seen:  # a chain may run in a circle
            continue
        seen.add(id(cause))
        yield cause
        left += [cause.__cause__, cause.__context__]
        if isinstance(cause, BaseExceptionGroup):  # one for each address of a host
            left += cause.exceptions


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return max(0.0, number) if math.isfinite(number) else None
