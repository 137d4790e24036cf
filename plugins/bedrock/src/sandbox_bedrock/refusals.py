"""What it means if Amazon Bedrock refuses a request: by its code, its HTTP status, and its words."""

import re

from sandbox.contracts.service_errors import kind_of_status
from sandbox.errors import ErrorKind

_WRONG_KEYS = frozenset(
    {
        *("ExpiredToken", "ExpiredTokenException", "RequestExpired"),
        *("IncompleteSignature", "IncompleteSignatureException", "InvalidSignatureException"),
        *("InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException"),
        *("MissingAuthenticationToken", "MissingAuthenticationTokenException"),
    }
)
_KIND_OF_CODE = {
    "AccessDenied": ErrorKind.AUTHENTICATION,
    "AccessDeniedException": ErrorKind.AUTHENTICATION,
    "InternalFailure": ErrorKind.TRANSIENT,
    "InternalServerException": ErrorKind.TRANSIENT,
    "ModelErrorException": ErrorKind.TRANSIENT,
    "ModelNotReadyException": ErrorKind.TRANSIENT,
    "ModelStreamErrorException": ErrorKind.TRANSIENT,
    "ModelTimeoutException": ErrorKind.TIMEOUT,
    "ResourceNotFoundException": ErrorKind.UNKNOWN_MODEL,
    "ServiceQuotaExceededException": ErrorKind.QUOTA,
    "ServiceUnavailableException": ErrorKind.TRANSIENT,
    "ThrottlingException": ErrorKind.RATE_LIMIT,
    "TooManyRequestsException": ErrorKind.RATE_LIMIT,
    "ValidationException": ErrorKind.INVALID_REQUEST,
}
_KEYS_ADVICE = (
    "{place} does not take these AWS keys: check that they are copied whole and have not expired, and that "
    "the clock of this machine is right."
)
_ADVICE = {
    ErrorKind.AUTHENTICATION: (
        "Your AWS account may not use '{model}' at {place}: ask for access to the model in the AWS console "
        "under Bedrock, and see that the keys allow bedrock:InvokeModel and "
        "bedrock:InvokeModelWithResponseStream."
    ),
    ErrorKind.QUOTA: (
        "Your AWS account has used up what it may ask of {place}: go on later (a day's share comes back "
        "the next day), or ask for more in the AWS console under Service Quotas."
    ),
    ErrorKind.TIMEOUT: "'{model}' took too long for {place}: ask for less, or try again later.",
}
_INFERENCE_PROFILE = (
    "'{model}' is asked through an inference profile: write the profile's id instead, which mostly is the "
    "model's with a region before it, such as eu. or us.; the AWS console lists it under Bedrock."
)
_LENGTH = "'{model}' does not write answers that long: lower max_output_tokens in the settings."
_TOOL = (
    "'{model}' cannot be made to call a tool with this schema, which is how answers are held to a form: "
    'set structured = "prompt" under [providers.bedrock].'
)
_SCHEMA = (
    "'{model}' does not take this JSON schema as its own: "
    'set structured = "tool" or "prompt" under [providers.bedrock].'
)
_SYSTEM = "'{model}' takes no system message, which this prompt has: choose another model."
_TEMPERATURE = (
    "'{model}' does not take this temperature: lower it to 1 or less, or leave it out of the settings."
)
_TOP_P = "'{model}' does not take this top_p: leave it out of the settings."
_MEANT_BY_WORDS = (
    (r"on-demand throughput", ErrorKind.UNKNOWN_MODEL, _INFERENCE_PROFILE),
    (r"model identifier|model id\b.*invalid", ErrorKind.UNKNOWN_MODEL, ""),
    (r"maximum tokens you requested", ErrorKind.INVALID_REQUEST, _LENGTH),
    (r"too long|too many (input )?tokens|context (length|window)", ErrorKind.CONTEXT_LENGTH, ""),
    (r"input (tokens?|length)\b.*exceed", ErrorKind.CONTEXT_LENGTH, ""),
    (r"tool_?choice|tool_?config|tool use|tool_?spec", ErrorKind.INVALID_REQUEST, _TOOL),
    (r"output_?config|output_?format|json_?schema", ErrorKind.INVALID_REQUEST, _SCHEMA),
    (r"system (message|prompt)", ErrorKind.INVALID_REQUEST, _SYSTEM),
    (r"temperature", ErrorKind.INVALID_REQUEST, _TEMPERATURE),
    (r"top_?p\b", ErrorKind.INVALID_REQUEST, _TOP_P),
)
"""What is looked for if a request is invalid, in small letters; the first that is found counts."""


def meaning_of(code: str, status: int | None, sentence: str) -> tuple[ErrorKind, str]:
    """The kind of a refusal, and advice with places for `model` and `place`; empty if the usual will do."""
    words = sentence.lower()
    # Within a stream the same codes begin with a small letter.
    code = code[:1].upper() + code[1:]
    if code in _WRONG_KEYS:
        return ErrorKind.AUTHENTICATION, _KEYS_ADVICE
    kind = _KIND_OF_CODE.get(code) or _kind_of(status)
    if kind is ErrorKind.INVALID_REQUEST:
        for said, meant, advice in _MEANT_BY_WORDS:
            if re.search(said, words):
                return meant, advice
    if kind is ErrorKind.RATE_LIMIT and "per day" in words:
        kind = ErrorKind.QUOTA
    return kind, _ADVICE.get(kind, "")


def _kind_of(status: int | None) -> ErrorKind:
    if status is None:
        return ErrorKind.TRANSIENT
    # A redirection is not followed: texts go where the options say, and nowhere else.
    return kind_of_status(status) if status >= 400 else ErrorKind.BAD_RESPONSE
