"""What the check must catch, and what it must leave alone."""

from sandbox_short_sentences.plugin import CHECK

from sandbox.testing import CheckCase, CheckConformance


class TestShortSentences(CheckConformance):
    """Long is more than thirty words; a list of short lines is not long."""

    check = CHECK
    catches = [CheckCase("The sun " + "is very big and " * 8 + "hot.")]
    leaves_alone = [
        CheckCase("The sun is a star. It makes its own light."),
        CheckCase("The sun\n" + "is very big and\n" * 8 + "hot."),
    ]
