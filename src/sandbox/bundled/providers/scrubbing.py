"""Scrub: keys and personal data are taken out of what a model said, before it is recorded or used."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sandbox.contracts.guard import GuardSpec
from sandbox.contracts.redaction import PLACEHOLDER
from sandbox.domain.exchange import Message, Request
from sandbox.domain.prompt import InputValue
from sandbox.errors import ErrorKind, ProviderError
from sandbox.pipeline.calling import Called
from sandbox.pipeline.guarding import Guarded, guard_outgoing
from sandbox.pipeline.secrets import secret_values, without_secrets

_KEY = re.compile(
    r"(?:(?<![A-Za-z0-9_])|(?<=\\[nrt]))(?:(?:sk|pk|rk|gsk|hf|xai|ghp|gho|ghs|glpat|xox[abprs])[-_][A-Za-z0-9_-]{16,}"
    r"|AIza[A-Za-z0-9_-]{20,}"
    r"|(?:AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)?"
    r"|(?i:bearer\s+)(?=[^\s\"]*[0-9_.-])[A-Za-z0-9._~+/-]{12,}=*)"
)
"""Keys that tell themselves by their form, whoever's they are; in JSON also right after a line end."""
_HINTS = (
    *(
        start + end
        for start in ("sk", "pk", "rk", "hf", "xai", "ghp", "gho", "ghs", "glpat")
        for end in "-_"
    ),
    *("xox", "AIza", "AKIA", "ASIA", "eyJ", "earer", "EARER"),
)
"""One of these stands in each; most texts hold none."""
_NAMES = {"model_served", "request_id"}
"""What is no text, so that its digits are no telephone number."""
_PLACEHOLDER = re.compile(PLACEHOLDER)
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*\\(?:[^"\\]|\\.)*"')
"""A text in JSON with something in it that is written otherwise than it reads, such as a line end."""


class _RefusedError(Exception):
    """A guard lets nothing of an answer through."""


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """What came of asking, fit to be recorded, and in how many places something was taken out."""

    called: Called
    places: int = 0


@dataclass(frozen=True, slots=True)
class Scrubber:
    """Holds what a model said against the guards, as what goes out to it is held against them."""

    guards: Sequence[GuardSpec] = ()
    secrets: tuple[str, ...] = field(default_factory=secret_values, repr=False)
    """Keys that are known, because the environment holds them."""

    def scrub(self, called: Called, request: Request, roster: tuple[str, ...]) -> Scrubbed:
        """What came of asking, without keys and personal data. If a guard refuses, there is no answer."""
        said = _words_of(called)
        try:
            clean = {
                name: self._without_keys(text) if name in _NAMES else self._clean(text, request, roster)
                for name, text in said.items()
            }
        except _RefusedError as cause:
            problem = f"The answer was not recorded, and is not used. {cause}"
            error = ProviderError(ErrorKind.BAD_RESPONSE, problem)
            return Scrubbed(replace(called, completion=None, error=error))
        places = sum(places for _, places in clean.values())
        if not places:
            return Scrubbed(called)
        changed = {name: text for name, (text, _) in clean.items()}
        if called.completion is not None:
            return Scrubbed(
                replace(called, completion=called.completion.model_copy(update=changed)), places
            )
        if called.error is None:
            return Scrubbed(called)
        error = ProviderError(
            called.error.kind,
            changed.get("problem", ""),
            status=called.error.status,
            request_id=changed.get("request_id"),
        )
        return Scrubbed(replace(called, error=error), places)

    def clean(self, text: str) -> str:
        """A text of ours that may quote a service, without keys and personal data."""
        try:
            return self._clean(text, Request(model="", messages=()), ())[0]
        except _RefusedError as cause:
            return str(cause)

    def clean_message(self, message: Message) -> Message:
        """A message as it may be written down, should somebody have put a key into a prompt."""
        content, places = self._without_keys(message.content)
        return message.model_copy(update={"content": content}) if places else message

    def _without_keys(self, text: str) -> tuple[str, int]:
        left = without_secrets(text, self.secrets)
        places = int(left != text)
        if any(map(left.__contains__, _HINTS)):
            left, found = _KEY.subn("[key]", left)
            places += found
        return left, places

    def _clean(self, text: str, request: Request, roster: tuple[str, ...]) -> tuple[str, int]:
        """A text, and in how many places it was changed."""
        text, keys = self._without_keys(text)
        if not self.guards:
            return text, keys
        _, places = self._guarded(text, (), roster)
        if not places:
            return text, keys
        # What was taken out of the request must not share its placeholder with anybody else.
        known = tuple(
            name for message in request.messages for name in _PLACEHOLDER.findall(message.content)
        )
        text, places = self._guarded(text, known, roster)
        return text, keys + places

    def _guarded(self, text: str, known: Sequence[str], roster: tuple[str, ...]) -> tuple[str, int]:
        """A text as the guards leave it; in JSON they are shown the texts as they read, too."""
        literals = list(dict.fromkeys(_LITERAL.findall(text)))
        read = {literal: _read(literal) for literal in literals}
        given = {f"literal {number}": read[literal] for number, literal in enumerate(literals)}
        first = self._seen({"answer": text, "known": " ".join(known), **given}, roster)
        if not first.replaced:
            return text, 0
        changed = False
        for number, literal in enumerate(literals):
            left = first.inputs[f"literal {number}"]
            if left != read[literal]:
                text, changed = text.replace(literal, json.dumps(left, ensure_ascii=False)), True
        if not changed:
            return str(first.inputs["answer"]), len(first.replaced)
        taken = " ".join((*known, *first.replaced))
        second = self._seen({"answer": text, "known": taken}, roster)
        return str(second.inputs["answer"]), len(first.replaced)

    def _seen(self, texts: dict[str, InputValue], roster: tuple[str, ...]) -> Guarded:
        guarded = guard_outgoing(self.guards, (), texts, roster)
        if guarded.is_refused:
            raise _RefusedError(guarded.refusal)
        return guarded


def _words_of(called: Called) -> dict[str, str]:
    """What a service said, by the name of its field; what it left out is not in it."""
    if called.completion is not None:
        completion = called.completion
        words = {
            "text": completion.text,
            "refusal": completion.refusal,
            "model_served": completion.model_served,
            "request_id": completion.request_id,
        }
    elif called.error is not None:
        words = {"problem": str(called.error), "request_id": called.error.request_id}
    else:
        words = {}
    return {name: text for name, text in words.items() if text}


def _read(literal: str) -> str:
    try:
        read: object = json.loads(literal)
    except ValueError:
        return ""
    return read if isinstance(read, str) else ""
