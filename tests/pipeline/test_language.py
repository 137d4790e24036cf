"""The language of a text is told, or nothing is."""

import pytest

from sandbox.pipeline.language import other_language

SPANISH = "Explicas cada paso con cuidado y el lector puede seguir tu razonamiento sin perderse. " * 4


@pytest.mark.parametrize(
    "mark", ["\x0b", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\x00", "\u200b", "\u2028"]
)
def test_what_nobody_sees_does_not_stop_the_reading(mark: str) -> None:
    """A control character that a model or a word processor left behind is passed over."""
    text = SPANISH.replace(". ", f".{mark}\n")

    assert other_language(text, expected="en") == "Spanish"
    assert other_language(text, expected="es-MX") == ""


def test_a_short_text_gets_the_benefit_of_the_doubt() -> None:
    """A few words are too little to tell by."""
    assert other_language("¿Por qué?", expected="en") == ""
