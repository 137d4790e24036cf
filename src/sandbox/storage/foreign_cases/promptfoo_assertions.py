"""What promptfoo asserts of an answer, as phrases that our cases ask for or rule out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_TYPED = re.compile(
    r"(?P<type>(?:not-)?[a-z]+(?:-[a-z]+)*)(?:\(\d+(?:\.\d+)?\))?(?::(?P<value>.*))?", re.DOTALL
)
_TYPES = frozenset(
    re.findall(
        r"\S+",
        """
        agent-rubric answer-relevance assert-set bleu classifier contains contains-all contains-any
        contains-html contains-json contains-sql contains-xml context-faithfulness context-recall
        context-relevance conversation-relevance cost equals factuality finish-reason g-eval gleu guardrails
        human icontains icontains-all icontains-any is-html is-json is-refusal is-sql is-valid-function-call
        is-valid-openai-function-call is-valid-openai-tools-call is-xml javascript latency levenshtein
        llm-rubric max-score meteor model-graded-closedqa model-graded-factuality moderation perplexity
        perplexity-score pi python regex rouge-n ruby search-rubric select-best similar skill-used
        starts-with trace-error-spans trace-span-count trace-span-duration webhook word-count
        """,
    )
)
"""As promptfoo 0.123 lists them; anything else in a cell is the exact answer."""
_OTHER_WORDS = {"fn": "javascript", "eval": "javascript", "grade": "llm-rubric", "file": "file"}
_WHOLE_WORDS = "promptfoo looks for these letters anywhere; here they have to be whole words, in any case"
_MARKS = set("|*{")
"""What means something else in our phrases, or is filled in by promptfoo."""


@dataclass(slots=True)
class Expectations:
    """What the assertions of one test come to."""

    must: list[str] = field(default_factory=list)
    must_not: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    def add(self, kind: str, value: object) -> None:
        """Take one assertion in, or note that it is lost."""
        wanted, _, how = kind.removeprefix("not-").removeprefix("i").partition("-")
        phrases = _phrases(value, is_split=bool(how))
        is_kept = wanted == "contains" and how in {"", "any", "all"} and phrases
        if not is_kept or (kind.startswith("not-") and how == "all"):
            self.lost.append(f"an assertion of type {kind}")
        elif any(set(phrase) & _MARKS for phrase in phrases):
            self.lost.append(f"an assertion of type {kind} whose words hold |, * or {{")
        else:
            self._keep(kind, how, phrases)
            self.changed.append(_WHOLE_WORDS)

    def _keep(self, kind: str, how: str, phrases: Sequence[str]) -> None:
        if kind.startswith("not-"):
            self.must_not += phrases
        elif how == "any":
            self.must.append(" | ".join(phrases))
        else:
            self.must += phrases


def add_shorthand(expectations: Expectations, text: str) -> None:
    """Take in what stands in a cell `__expected`: `icontains: word`, or the exact answer."""
    head = text.partition(":")[0].strip()
    if head in _OTHER_WORDS:
        expectations.add(_OTHER_WORDS[head], None)
        return
    match = _TYPED.fullmatch(text)
    if match and match["type"].removeprefix("not-") in _TYPES:
        expectations.add(match["type"], (match["value"] or "").strip())
    else:
        expectations.add("equals", text)


def add_assertion(expectations: Expectations, given: object) -> None:
    """Take in an entry of a list `assert`: a group with `type` and `value`."""
    if not isinstance(given, Mapping) or not isinstance(given.get("type"), str):
        expectations.lost.append("an assertion without a type")
        return
    extra = sorted(set(given) & {"threshold", "weight", "transform", "provider", "config"})
    expectations.lost += [f"the {name} of an assertion" for name in extra]
    expectations.add(given["type"], given.get("value"))


def _phrases(value: object, *, is_split: bool) -> list[str]:
    """The phrases of an assertion; in a text commas stand between several, unless in quotes."""
    if isinstance(value, list):
        parts = [str(part) for part in value if isinstance(part, str | int | float)]
        return [part.strip() for part in parts if part.strip()] if len(parts) == len(value) else []
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return []
    text = str(value).strip()
    if not is_split:
        return [text] if text else []
    found = re.findall(r'\s*(?:"((?:[^"\\]|\\.|"")*)"\s*|([^,]*))(?:,|$)', text)
    quoted = [
        re.sub(r'\\(["\\])|""', lambda match: match[1] or '"', first) or rest for first, rest in found
    ]
    return [part.strip() for part in quoted if part.strip()]
