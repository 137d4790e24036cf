"""Questions about a leveled text can be answered from it."""

import pytest

from sandbox.bundled.checks.questions_from_the_text import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.leveled_examples import leveled

Q = "What does the text say?"
INVENTED = {
    "made up": ("It rained.", "Heavy rain washed the old road away."),
    "another number": ("120 people", "Ida asked 210 people to stand on it at once."),
    "another year": ("1931", "In 1913 the people of Ardmore built a bridge"),
    "said the other way": ("Steel", "steel breaks and never bends at all"),
    "summed up": ("Boats", "People used boats until somebody thought of something better."),
    "from the original": ("Boats", "superseded an unreliable service of small boats"),
    "a comment": ("Yes", "The author implies that Ida was brave."),
    "half made up": ("Steel", "She used steel beams that she bought in the big city"),
    "with an ellipsis": ("Boats", "The boats were slow ... and they sank in every storm"),
    "a placeholder": ("Steel", "[quote from the text]"),
    "another language": ("Acero", "Usó vigas de acero porque no se rompen"),
}
DOUBTFUL = {
    "a place": ("Ida Marsh", "Paragraph 2"),
    "a line": ("Ida Marsh", "Line 4, first sentence"),
    "one word": ("Yes", "held"),
    "a name that is not there": ("It was drawn by Otto Brandt.", "drew the plan"),
}
FROM_THE_TEXT = {
    "exact": ("Ida Marsh", "A builder named Ida Marsh drew the plan."),
    "a part": ("Ida Marsh", "Ida Marsh drew the plan"),
    "capitals": ("slow", "the boats WERE slow"),
    "curly quotes": ("slow", "“The boats were slow.”"),
    "spaces": ("slow", "The  boats\nwere slow."),
    "an ellipsis": ("steel", "She used steel beams ... does not break."),
    "a small slip": ("steel", "She used steel beams, because steel bends a litle and does not break."),
    "a comma less": ("boats", "Before that they crossed the river in small boats."),
    "inference": ("She was sure of herself.", "Ida asked 120 people to stand on it at once."),
    "two sentences": ("ice", "The boats were slow. In winter, ice stopped them for weeks."),
    "over a paragraph": ("It held.", "The bridge held. Today about 400 cars cross the bridge"),
    "a name of the text": ("It was Ida Marsh of Ardmore.", "Ida Marsh drew the plan."),
    "dashes and marks": ("90", "- It is 90 meters long -"),
}


def _asking(answer, evidence):
    return leveled(questions=((Q, answer, evidence),))


@pytest.mark.parametrize(("answer", "evidence"), INVENTED.values(), ids=INVENTED.keys())
def test_evidence_that_does_not_stand_there_fails(subject_for, answer, evidence):
    """It is quoted."""
    judgement = CHECK.run(subject_for(_asking(answer, evidence)))

    assert judgement.outcome is Outcome.FAIL
    assert [found.quote for found in judgement.evidence] == [evidence]


@pytest.mark.parametrize(("answer", "evidence"), DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_evidence_that_may_show_nothing_is_a_warning(subject_for, answer, evidence):
    """A person should look."""
    assert CHECK.run(subject_for(_asking(answer, evidence))).outcome is Outcome.WARN


@pytest.mark.parametrize(("answer", "evidence"), FROM_THE_TEXT.values(), ids=FROM_THE_TEXT.keys())
def test_words_of_the_text_pass(subject_for, answer, evidence):
    """Marks, spaces and a small slip make no difference."""
    assert CHECK.run(subject_for(_asking(answer, evidence))).outcome is Outcome.PASS
