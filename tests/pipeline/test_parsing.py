"""Parsing: an answer is an artifact, or there is a reason in plain words."""

import json

import pytest

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.domain.exchange import Completion, FinishReason, Usage
from sandbox.pipeline.parsing import Parsed, Remedy, parse_answer

FEEDBACK = {
    "strengths": [{"quote": "Plants eat light", "why": "You name what plants need in your own words."}],
    "next_steps": [
        {
            "quote": "because sun",
            "what": "The reason is not clear yet.",
            "how": "Say what the sun gives the plant.",
        }
    ],
    "question": "What would happen to a plant in a dark cupboard?",
    "is_revision_needed": True,
    "teacher_note": "Check whether photosynthesis was taught before this task was given to the class.",
    "confidence": "medium",
}
SPANISH = {
    "strengths": [
        {"quote": "Las plantas comen luz", "why": "Explicas con tus propias palabras lo que necesitan."}
    ],
    "next_steps": [
        {
            "quote": "por el sol",
            "what": "Todavía no queda claro por qué la planta necesita la luz del sol para crecer.",
            "how": "Escribe una frase más que diga qué recibe la planta del sol y qué hace con ello.",
        }
    ],
    "question": "¿Qué pasaría con una planta si la dejamos muchos días dentro de un armario oscuro?",
    "is_revision_needed": True,
    "teacher_note": "Conviene revisar si ya se trabajó la fotosíntesis en clase antes de esta tarea.",
    "confidence": "medium",
}


def completion(text: str, **details: object) -> Completion:
    """A completion that says this."""
    return Completion.model_validate({"text": text, "model_served": "m", **details})


@pytest.mark.parametrize(
    "wrap",
    ["{}", "```json\n{}\n```", "Here is the feedback:\n\n{}\n\nI hope it helps!", "\ufeff  {}  "],
    ids=["plain", "fenced", "chatty", "padded"],
)
def test_an_artifact_is_found_in_what_models_write_around_it(wrap: str) -> None:
    """Fences and friendly words are no reason to throw an answer away."""
    text = wrap.replace("{}", json.dumps(FEEDBACK))

    parsed = parse_answer(completion(text), Feedback, language="en")

    assert parsed.problem == ""
    assert parsed.artifact is not None
    assert parsed.artifact.model_dump(mode="json") == FEEDBACK


@pytest.mark.parametrize(
    ("answer", "problem", "remedy"),
    [
        (completion(""), "The answer is empty.", Remedy.ASK_TO_MEND),
        (completion(" \n "), "The answer is empty.", Remedy.ASK_TO_MEND),
        (completion("I cannot help with that."), "The answer is not JSON.", Remedy.ASK_TO_MEND),
        (completion('{"strengths": ['), "The answer is not JSON.", Remedy.ASK_TO_MEND),
        (completion("[" * 100_000), "The answer is not JSON.", Remedy.ASK_TO_MEND),
        (completion("{}", refusal="no"), "The model refused to answer.", Remedy.NOTHING),
        (completion("{", finish_reason=FinishReason.CONTENT_FILTER), "content filter", Remedy.NOTHING),
        (
            completion('{"str', finish_reason=FinishReason.LENGTH, usage=Usage(output_tokens=900)),
            "cut off after 900 tokens: raise max_output_tokens",
            Remedy.MORE_ROOM,
        ),
        (completion(json.dumps(Feedback.schema_for_model())), "repeated the schema", Remedy.NOTHING),
        (completion('{"strengths": []}'), "not a feedback: strengths", Remedy.ASK_TO_MEND),
        (completion(json.dumps(FEEDBACK | {"grade": "A+"})), "grade", Remedy.ASK_TO_MEND),
        (completion("null"), "not a feedback", Remedy.ASK_TO_MEND),
    ],
)
def test_what_is_no_artifact_has_a_reason(answer: Completion, problem: str, remedy: Remedy) -> None:
    """Each way to fail is named, with what may help; none is an exception."""
    parsed = parse_answer(answer, Feedback, language="en")

    assert parsed.artifact is None
    assert problem in parsed.problem
    assert parsed.remedy is remedy
    assert "pydantic" not in parsed.problem


def test_an_answer_in_another_language_is_not_what_was_asked_for() -> None:
    """Spanish feedback for an English class is unparsed; for a Spanish one it is right."""
    answer = completion(json.dumps(SPANISH))

    assert parse_answer(answer, Feedback, language="en") == Parsed(
        problem="The answer is in Spanish, but 'en' was asked for."
    )
    assert parse_answer(answer, Feedback, language="es-MX").problem == ""


def test_quotes_in_another_language_do_not_make_it_another_language() -> None:
    """English feedback may quote a Spanish sentence."""
    mixed = FEEDBACK | {"strengths": SPANISH["strengths"]}

    assert parse_answer(completion(json.dumps(mixed)), Feedback, language="en").problem == ""
