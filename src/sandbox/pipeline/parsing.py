"""Parse: a completion becomes an artifact, or the reason why it cannot."""

import json
import re
from dataclasses import dataclass
from enum import Enum, auto

from pydantic import ValidationError

from sandbox.domain.artifact import Artifact
from sandbox.domain.exchange import Completion, FinishReason
from sandbox.domain.passages import passages_of
from sandbox.domain.problems import describe_problems
from sandbox.pipeline.language import other_language

_SHOWN_PROBLEMS = 3


class Remedy(Enum):
    """What may help where an answer could not be read."""

    NOTHING = auto()
    ASK_TO_MEND = auto()
    """The model is told what is wrong."""
    MORE_ROOM = auto()
    """The answer may be longer."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """An artifact, or what is wrong with the answer, in words for people, and what may help."""

    artifact: Artifact | None = None
    problem: str = ""
    remedy: Remedy = Remedy.NOTHING


def parse_answer(completion: Completion, artifact_type: type[Artifact], *, language: str) -> Parsed:
    """The artifact that a completion holds, or why it holds none."""
    if completion.refusal:
        return Parsed(problem="The model refused to answer.")
    if completion.finish_reason is FinishReason.CONTENT_FILTER:
        return Parsed(problem="The service's content filter cut the answer off.")
    if completion.finish_reason is FinishReason.LENGTH:
        tokens = completion.usage.output_tokens
        problem = f"The answer was cut off after {tokens} tokens: raise max_output_tokens."
        return Parsed(problem=problem, remedy=Remedy.MORE_ROOM)
    if not completion.text.strip():
        return Parsed(problem="The answer is empty.", remedy=Remedy.ASK_TO_MEND)
    parsed = _read(_json_part(completion.text), artifact_type)
    if parsed.artifact is not None and artifact_type.is_in_one_language:
        said = " ".join([passage.text for passage in passages_of(parsed.artifact)])
        spoken = other_language(said, expected=language)
        if spoken:
            return Parsed(problem=f"The answer is in {spoken}, but '{language}' was asked for.")
    return parsed


def _json_part(text: str) -> str:
    """The text without a code fence or words around its outermost braces."""
    fenced = re.search(r"```(?:json)?\s*\n(.*?)\n\s*```", text, flags=re.DOTALL)
    text = fenced[1] if fenced else text
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text


def _read(text: str, artifact_type: type[Artifact]) -> Parsed:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return Parsed(problem="The answer is not JSON.", remedy=Remedy.ASK_TO_MEND)
    if isinstance(data, dict) and {"properties", "$defs"} & data.keys():
        problem = "The model repeated the schema instead of filling it in: it is too weak for this prompt."
        return Parsed(problem=problem)
    try:
        return Parsed(artifact_type.model_validate(data))
    except ValidationError as cause:
        problems = [str(problem) for problem in describe_problems(cause, artifact_type)]
        more = len(problems) - _SHOWN_PROBLEMS
        shown = "; ".join(problems[:_SHOWN_PROBLEMS]) + (f"; and {more} more" if more > 0 else "")
        word = artifact_type.type_name.replace("_", " ")
        article = "an" if word[0] in "aeiou" else "a"
        problem = f"The answer is JSON, but not {article} {word}: {shown}."
        return Parsed(problem=problem, remedy=Remedy.ASK_TO_MEND)
