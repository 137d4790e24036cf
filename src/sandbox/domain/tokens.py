"""Estimates tokens where nobody can count them."""

from dataclasses import dataclass

from sandbox.domain.exchange import Request, Usage

_BYTES_PER_TOKEN = 4


@dataclass(frozen=True, slots=True)
class TokenCount:
    """How many tokens a text takes."""

    tokens: int
    is_estimated: bool = False


def estimated_tokens(text: str) -> int:
    """About how many tokens a text takes: one for every four bytes of UTF-8."""
    return -(-len(text.encode()) // _BYTES_PER_TOKEN)


def estimated_usage(request: Request, answer: str) -> Usage:
    """The tokens of a request and its answer, guessed from their lengths and marked as a guess."""
    return Usage(
        input_tokens=sum(estimated_tokens(message.content) for message in request.messages),
        output_tokens=estimated_tokens(answer),
        is_estimated=True,
    )
