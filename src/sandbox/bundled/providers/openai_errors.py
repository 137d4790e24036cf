"""Says in our words why the OpenAI SDK gave no answer; no key and no text of a prompt gets into them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from sandbox.bundled.providers.openai_answer import ReportedError
from sandbox.contracts.service_errors import (
    AnswerTooLargeError,
    ServiceErrors,
    is_plain_name,
    kind_of_status,
)
from sandbox.errors import ErrorKind, ProviderError

if TYPE_CHECKING:
    from openai import APIStatusError

_KIND_OF_CODE = {
    "insufficient_quota": ErrorKind.QUOTA,
    "billing_hard_limit_reached": ErrorKind.QUOTA,
    "rate_limit_exceeded": ErrorKind.RATE_LIMIT,
    "server_error": ErrorKind.TRANSIENT,
    "context_length_exceeded": ErrorKind.CONTEXT_LENGTH,
    "exceed_context_size_error": ErrorKind.CONTEXT_LENGTH,  # llama.cpp, which gives it as the type
    "content_filter": ErrorKind.CONTENT_FILTER,
    "content_policy_violation": ErrorKind.CONTENT_FILTER,
    "ResponsibleAIPolicyViolation": ErrorKind.CONTENT_FILTER,  # Azure, as the inner error
    "bio_policy": ErrorKind.CONTENT_FILTER,
    "misalignment_policy_violation": ErrorKind.CONTENT_FILTER,
    "invalid_prompt": ErrorKind.INVALID_REQUEST,
    "model_not_found": ErrorKind.UNKNOWN_MODEL,
    "DeploymentNotFound": ErrorKind.UNKNOWN_MODEL,  # Azure
    "invalid_api_key": ErrorKind.AUTHENTICATION,
    "API_KEY_INVALID": ErrorKind.AUTHENTICATION,  # Gemini, with HTTP 400, as the reason of a detail
}
_TOO_LONG = ("maximum context length", "maximum number of tokens allowed")
"""What those say that give no code: vLLM, Mistral and OpenRouter; Gemini."""
_NOBODY_TAKES_ALL = "handle the requested parameters"
"""What OpenRouter says, with HTTP 404, if no server has all that is wanted of it."""
_WAYS_TO_ASK = ("response_format", "text.format", "tools", "tool_choice", "parallel_tool_calls")
_REFUSABLE_SETTINGS = ("temperature", "top_p", "random_seed", "seed", *_WAYS_TO_ASK)
_OTHER_WAYS = 'set structured = "tool", "json_object" or "prompt" for this provider'


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorReader:
    """Reads the errors of one call.

    What it raises hides its cause: the SDK's errors hold the request, the service's words and the key.
    """

    errors: ServiceErrors

    @contextmanager
    def asking(self, sdk: ModuleType, seconds: float) -> Iterator[None]:
        """Make what goes wrong while the service is asked a ProviderError."""
        try:
            yield
        except TimeoutError:
            raise self.errors.timeout(seconds) from None
        except sdk.APIStatusError as error:
            raise self.status(error) from None
        except AnswerTooLargeError:
            raise self.errors.too_large() from None
        # The SDK is given no time limit: what it calls a timeout is a connection that was lost. What breaks
        # while it reads an error, it lets through as it is.
        except (sdk.APIConnectionError, OSError, import_module("httpx2").HTTPError) as error:
            raise self.errors.unreachable(error) from None
        except UnicodeEncodeError:
            raise self.errors.of(
                ErrorKind.INVALID_REQUEST,
                advice="The request holds half of a character, which cannot be sent: write that text anew.",
            ) from None

    @contextmanager
    def reading(self, sdk: ModuleType, status: int, request_id: str | None) -> Iterator[None]:
        """Make what goes wrong while an answer is read a ProviderError."""
        try:
            yield
        except ReportedError as error:
            raise self.reported(error.told, status, request_id) from None
        except (sdk.APIConnectionError, sdk.APIStatusError):
            raise
        except sdk.APIError as error:
            raise self.reported(error.body, status, request_id) from None
        except ValueError:
            raise self.errors.of(ErrorKind.BAD_RESPONSE, status=status, request_id=request_id) from None

    def status(self, error: "APIStatusError") -> ProviderError:
        """The service answered with an HTTP status that is an error."""
        facts = _facts(error.body)
        message = f"{error.message} {facts.get('message') or ''}"
        kind = _kind_told(facts, message) or kind_of_status(error.status_code)
        advice = ""
        if kind is ErrorKind.INVALID_REQUEST:
            advice = self._advice_on_refusal(facts, message, error.status_code)
        return self.errors.of(
            kind,
            advice=advice,
            status=error.status_code,
            headers=error.response.headers,
            request_id=error.request_id,
        )

    def reported(self, told: object, status: int, request_id: str | None) -> ProviderError:
        """The service began well, and said in the body that it failed, or said no more."""
        facts = _facts(told)
        code = facts.get("code")
        kind = _kind_told(facts, str(facts.get("message") or ""))
        if kind is None and isinstance(code, int) and code >= 400:  # OpenRouter
            kind = kind_of_status(code)
        return self.errors.of(kind or ErrorKind.BAD_RESPONSE, status=status, request_id=request_id)

    def _advice_on_refusal(self, facts: Mapping[str, object], message: str, status: int) -> str:
        model = self.errors.model
        if _NOBODY_TAKES_ALL in message:
            return (
                f"No server behind {self.errors.service} takes all that is asked of '{model}': "
                f"{_OTHER_WAYS}, or leave the seed out of the settings."
            )
        match _refused_setting(facts, message):
            case None:
                # The service's own sentence may repeat the prompt or the key; names of things cannot.
                names = [f"{what} {name}" for what, name in _names(facts).items()]
                details = ", ".join([f"HTTP {status}", *names])
                return (
                    f"{self.errors.service} refused the request ({details}): "
                    "check the settings, and the options base_url and structured."
                )
            case setting if setting in _WAYS_TO_ASK:
                return f"'{model}' does not take a JSON schema in this way ({setting}): {_OTHER_WAYS}."
            case setting:
                return f"'{model}' does not take this {setting}: leave {setting} out of the settings."


def _facts(told: object) -> Mapping[str, object]:
    """What a service says of an error, wherever in the body it says it."""
    if isinstance(told, list) and told:  # Gemini puts it into a list
        told = told[0]
    if isinstance(told, Mapping) and isinstance(told.get("error"), Mapping):
        told = told["error"]
    return told if isinstance(told, Mapping) else {}


def _codes(facts: Mapping[str, object]) -> Iterator[object]:
    yield facts.get("code")
    yield facts.get("type")
    inner = facts.get("innererror")
    if isinstance(inner, Mapping):
        yield inner.get("code")
    details = facts.get("details")
    for detail in details if isinstance(details, list) else ():
        if isinstance(detail, Mapping):
            yield detail.get("reason")


def _kind_told(facts: Mapping[str, object], message: str) -> ErrorKind | None:
    """What went wrong, if the service says more than a status."""
    for code in _codes(facts):
        if isinstance(code, str) and code in _KIND_OF_CODE:
            return _KIND_OF_CODE[code]
    metadata = facts.get("metadata")
    if isinstance(metadata, Mapping) and "flagged_input" in metadata:  # OpenRouter, with HTTP 403
        return ErrorKind.CONTENT_FILTER
    if any(words in message for words in _TOO_LONG):
        return ErrorKind.CONTEXT_LENGTH
    return ErrorKind.INVALID_REQUEST if _NOBODY_TAKES_ALL in message else None


def _refused_setting(facts: Mapping[str, object], message: str) -> str | None:
    """The setting that the service names as the one it does not take."""
    message, parameter = message.lower(), _names(facts).get("param", "")
    for setting in _REFUSABLE_SETTINGS:
        is_said = "unsupported" in message and f"'{setting}'" in message
        if is_said or parameter.startswith(setting):
            return setting
    return None


def _names(facts: Mapping[str, object]) -> dict[str, str]:
    given = {"code": facts.get("code"), "param": facts.get("param")}
    return {what: name for what, name in given.items() if isinstance(name, str) and is_plain_name(name)}
