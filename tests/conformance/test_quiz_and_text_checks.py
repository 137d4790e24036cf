"""Our checks of quizzes, rubrics and leveled texts are held to what the kit asks of everybody's."""

from collections.abc import Iterable, Sequence

from sandbox.bundled.artifacts.quiz import Item
from sandbox.bundled.artifacts.rubric import Rubric
from sandbox.bundled.checks import (
    answers_are_right,
    distractors_are_plausible,
    glossary_explains,
    items_do_not_overlap,
    kept_to_the_text,
    key_not_conspicuous,
    no_negative_stems,
    one_key,
    questions_from_the_text,
    rubric_levels_agree,
    rubric_levels_differ,
    text_fits_grade,
    weights_add_up,
)
from sandbox.testing.check_conformance import CheckCase, CheckConformance
from tests.bundled.checks import test_answers_are_right as answers
from tests.bundled.checks import test_distractors_are_plausible as plausible
from tests.bundled.checks import test_glossary_explains as glossary
from tests.bundled.checks import test_items_do_not_overlap as overlap
from tests.bundled.checks import test_kept_to_the_text as kept
from tests.bundled.checks import test_key_not_conspicuous as conspicuous
from tests.bundled.checks import test_no_negative_stems as negative
from tests.bundled.checks import test_one_key as keys
from tests.bundled.checks import test_questions_from_the_text as questions
from tests.bundled.checks import test_rubric_levels_agree as agreeing
from tests.bundled.checks import test_rubric_levels_differ as differing
from tests.bundled.checks import test_text_fits_grade as fitting
from tests.bundled.checks import test_weights_add_up as weights
from tests.bundled.checks.leveled_examples import SOURCE, leveled
from tests.bundled.checks.quiz_examples import choice, quiz
from tests.bundled.checks.rubric_examples import criterion, rubric


def each_alone(items: Iterable[Item]) -> Sequence[CheckCase]:
    """A quiz for each item."""
    return [CheckCase(quiz(item)) for item in items]


def together(groups: Iterable[Sequence[Item]]) -> Sequence[CheckCase]:
    """A quiz for each group of items."""
    return [CheckCase(quiz(*items)) for items in groups]


def asking(stems: Iterable[str]) -> Sequence[CheckCase]:
    """A quiz of one item for each stem."""
    return [CheckCase(quiz(choice(stem, "a whale", "a trout", "a crow"))) for stem in stems]


def describing(levels: Iterable[Sequence[str]]) -> Sequence[CheckCase]:
    """A rubric for each row of descriptions."""
    return [CheckCase(_described(words)) for words in levels]


def _described(words: Sequence[str]) -> Rubric:
    return rubric(criterion("Details", *words), criterion("Order", "First A.", "First B.", "First C."))


def against_the_source(texts: Iterable[str]) -> Sequence[CheckCase]:
    """A leveled text for each, with the source that it was made from."""
    return [CheckCase(leveled(text), inputs={"source_text": SOURCE}) for text in texts]


class TestOneKey(CheckConformance):
    """Each question has one right answer."""

    check = one_key.CHECK
    catches = each_alone(keys.NOT_ONE_KEY.values())
    leaves_alone = each_alone(keys.ONE_KEY.values())


class TestKeyNotConspicuous(CheckConformance):
    """Keys look like their neighbors."""

    check = key_not_conspicuous.CHECK
    catches = together(conspicuous.CONSPICUOUS.values())
    leaves_alone = together(conspicuous.NOT_CONSPICUOUS.values())


class TestDistractorsArePlausible(CheckConformance):
    """Wrong options could be chosen for a reason."""

    check = distractors_are_plausible.CHECK
    catches = each_alone(plausible.IMPLAUSIBLE.values())
    leaves_alone = each_alone(plausible.PLAUSIBLE.values())


class TestNoNegativeStems(CheckConformance):
    """Questions ask for what is so."""

    check = no_negative_stems.CHECK
    catches = asking([*negative.NEGATIVE.values(), *negative.DOUBLE.values()])
    leaves_alone = asking(negative.POSITIVE.values())


class TestItemsDoNotOverlap(CheckConformance):
    """Each question asks something of its own."""

    check = items_do_not_overlap.CHECK
    catches = together([*overlap.DUPLICATES.values(), *overlap.CUES.values()])
    leaves_alone = together(items for name, items in overlap.DIFFERENT.items() if name != "the topic")


class TestAnswersAreRight(CheckConformance):
    """Sums are worked out."""

    check = answers_are_right.CHECK
    catches = each_alone(answers.WRONG.values())
    leaves_alone = each_alone([*answers.RIGHT.values(), *answers.NOT_WORKED_OUT.values()])


class TestRubricLevelsAgree(CheckConformance):
    """Every criterion has the same levels."""

    check = rubric_levels_agree.CHECK
    catches = [CheckCase(grid) for grid in agreeing.DISAGREE.values()]
    leaves_alone = [CheckCase(grid) for grid in agreeing.AGREE.values()]


class TestRubricLevelsDiffer(CheckConformance):
    """Levels differ in what can be seen."""

    check = rubric_levels_differ.CHECK
    catches = describing([*differing.SAME.values(), *differing.ALIKE.values()])
    leaves_alone = describing(differing.DIFFERENT.values())


class TestWeightsAddUp(CheckConformance):
    """Weights make a whole."""

    check = weights_add_up.CHECK
    catches = [CheckCase(weights.weighing(each)) for each in weights.WRONG]
    leaves_alone = [CheckCase(weights.weighing(each)) for each in weights.RIGHT]


class TestTextFitsGrade(CheckConformance):
    """A text can be read in its grade."""

    check = text_fits_grade.CHECK
    catches = [CheckCase(leveled(text, grade=grade)) for text, grade in fitting.TOO_HARD.values()]
    leaves_alone = [CheckCase(leveled(text, grade=grade)) for text, grade in fitting.FITS.values()]


class TestGlossaryExplains(CheckConformance):
    """A glossary explains words of the text."""

    check = glossary_explains.CHECK
    catches = [
        CheckCase(leveled(glossary.TEXT, glossary=(entry,)))
        for entry in (*glossary.NO_EXPLANATION.values(), *glossary.DOUBTFUL.values())
    ]
    leaves_alone = [
        CheckCase(leveled(glossary.TEXT, glossary=(entry,))) for entry in glossary.EXPLAINED.values()
    ]


class TestQuestionsFromTheText(CheckConformance):
    """Evidence stands in the text."""

    check = questions_from_the_text.CHECK
    catches = [
        CheckCase(leveled(questions=((questions.Q, *told),)))
        for told in (*questions.INVENTED.values(), *questions.DOUBTFUL.values())
    ]
    leaves_alone = [
        CheckCase(leveled(questions=((questions.Q, *told),))) for told in questions.FROM_THE_TEXT.values()
    ]


class TestKeptToTheText(CheckConformance):
    """No numbers and names of its own."""

    check = kept_to_the_text.CHECK
    catches = against_the_source([*kept.FAILS.values(), *kept.WARNS.values()])
    leaves_alone = against_the_source(kept.KEPT.values())
