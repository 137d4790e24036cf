"""Nobody is compared with classmates, and no classmate is named."""

import pytest

from sandbox.bundled.checks.no_other_student import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.whole_artifacts import MESSAGE, message

COMPARED = {
    "most of the class": "This is better than most of the class.",
    "unlike others": "Unlike other students, you gave a reason.",
    "than your classmates": "You explained it more clearly than your classmates.",
    "compared with": "Compared with the rest of the class, this is short.",
    "one of the best": "This is one of the best essays in the class.",
    "top of the class": "You are at the top of the class with this.",
    "everyone else": "Everyone else has already finished the strip.",
    "others finished": "The other students have already handed in a second draft.",
    "only one": "You were the only one in the class who saw the pattern.",
    "behind": "You are behind your classmates in multiplying.",
    "average": "Your score is above the class average.",
    "other kids": "Other kids your age can already do this.",
    "ahead of": "You are ahead of your peers.",
    "worse than": "It is weaker than what most students wrote.",
    "two placeholders": "[STUDENT_1] drew the strip and [STUDENT_2] did not help.",
    "rank": "You rank third in the class.",
}

OF_YOURSELF = {
    "earlier work": "This is clearer than your first draft.",
    "a partner": "Ask a classmate to read the sentence aloud, and listen.",
    "compare with partner": "Compare your strip with the one of a partner.",
    "the class": "The class will fold strips tomorrow.",
    "many students": "Many readers stop at this line; what do they need to know?",
    "others can use it": "Other students can learn from how you folded the strip.",
    "characters": "Unlike other animals in the story, the fox waits.",
    "numbers": "3/6 is not more than most of the other fractions.",
    "the best": "Your best sentence is the second one.",
    "only one reason": "You gave only one reason; the class asked for two.",
    "average": "You found the average of the five numbers.",
    "everyone": "Write it so that everyone in class can fold along.",
    "peers": "Peers will read it on Friday. What should they see first?",
    "one placeholder": "Show [STUDENT_1] where the shading ends.",
    "data of the class": "Your graph shows that most of the class likes apples.",
    "common mistake": "It is a common mistake, and a strip helps.",
}

OF_A_CHILD = {
    "most children": "Most children in the class can do this already; your child cannot.",
    "unlike classmates": "Unlike her classmates, your daughter still counts on her fingers.",
    "behind the class": "Your child is behind the rest of the class.",
    "better than others": "Your son did better than the other students on the test.",
    "class average": "The score was below the class average.",
    "two children": "[STUDENT_1] sits next to [STUDENT_2], who distracts him.",
}

OF_THE_CLASS = {
    "we": "This week the class folds paper strips.",
    "all": "All children bring a box on Monday.",
    "together": "The children work with a partner and compare their strips.",
    "each": "Each child learns at a different pace, and that is fine.",
    "friends": "Your child may like to show it to a friend from class.",
}

IN_OTHER_WORDS = (
    "You did much better than everyone else.",
    "Most of your classmates got this right.",
    "Few students in your class wrote this much.",
    "You're the best in the class!",
    "Nobody else in the class saw this.",
    "Try to catch up with the others.",
    "The rest of the class is already on chapter 3.",
    "In contrast to your peers, you forgot the unit.",
    "Your work stands out from the other students' work.",
    "You finished last in the class.",
    "This is weaker than your classmates' essays.",
    "You are one of the strongest writers in this class.",
    "Other children in the class have moved on.",
    "Your son works slower than his classmates.",
    "Compared to others, this is brief.",
    "You wrote more than anyone in the class.",
    "Her classmates can already tell time.",
    "Among your peers, you stand out.",
    "She is the weakest reader of the group.",
)
NEARBY_WORDS = (
    "This is better than before.",
    "Read it to the class.",
    "Your friend in the story is braver than the others.",
    "Which of the fractions is greater than the others?",
    "Ask three classmates for their numbers.",
    "Everyone else in the story leaves; why does she stay?",
    "The class average of the heights is 140 cm; show how.",
    "You and your partner both shaded three parts.",
    "Compare the two poems.",
    "The other students in the survey chose soccer.",
    "Your graph shows more than half of the class.",
    "Unlike in line one, the sign is right here.",
    "Your second draft is stronger than your first.",
    "Let a classmate find the mistake.",
    "Your argument is stronger than the one it answers.",
    "The class reads chapter 3 on Monday.",
    "The others in the fable laugh at the tortoise.",
    "More than half of the strip is shaded.",
    "Ask your group which sentence they remember.",
    "Children learn to tell time this week.",
)


@pytest.mark.parametrize("words", COMPARED.values(), ids=COMPARED.keys())
def test_comparing_a_student_with_others_fails(subject_for, with_words, words):
    """What ranks a student among classmates is found."""
    judgement = CHECK.run(subject_for(with_words(words)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "next_steps[0].how"
    assert judgement.evidence[0].quote in words


@pytest.mark.parametrize("words", OF_YOURSELF.values(), ids=OF_YOURSELF.keys())
def test_comparing_with_oneself_and_working_together_passes(subject_for, with_words, words):
    """Earlier work, partners, stories and numbers are left alone."""
    assert CHECK.run(subject_for(with_words(words))).outcome is Outcome.PASS


@pytest.mark.parametrize("words", OF_A_CHILD.values(), ids=OF_A_CHILD.keys())
def test_a_family_hears_nothing_of_other_children(subject_for, words):
    """A message compares no child with the class."""
    judgement = CHECK.run(subject_for(message(what_we_learn=words)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "what_we_learn"


@pytest.mark.parametrize("words", OF_THE_CLASS.values(), ids=OF_THE_CLASS.keys())
def test_a_message_may_speak_of_the_class(subject_for, words):
    """What all children do compares nobody."""
    assert CHECK.run(subject_for(message(what_we_learn=words))).outcome is Outcome.PASS
    assert CHECK.run(subject_for(MESSAGE)).outcome is Outcome.PASS


def test_names_of_the_roster_are_found(subject_for, with_words):
    """Where the roster is known, two of its names in one answer are one too many."""
    words = "Keisha found the pattern before Omar did."

    assert CHECK.run(subject_for(with_words(words), roster=("Keisha", "Omar"))).outcome is Outcome.FAIL
    assert CHECK.run(subject_for(with_words(words), roster=("Lena",))).outcome is Outcome.PASS


def test_what_the_student_wrote_may_be_quoted(subject_for, with_words):
    """The comparison is then the student's own."""
    words = 'You wrote "I am better than most of the class" and gave no example.'
    given = {"student_work": "I am better than most of the class because I run."}

    assert CHECK.run(subject_for(with_words(words), inputs=given)).outcome is Outcome.PASS


def test_the_note_to_the_teacher_is_looked_at_too(subject_for, good_feedback):
    """Names of two students stand nowhere in feedback for one."""
    feedback = good_feedback.model_copy(update={"teacher_note": "[STUDENT_1] copied from [STUDENT_2]."})

    assert CHECK.run(subject_for(feedback)).outcome is Outcome.FAIL


def test_answers_in_other_languages_are_not_judged(subject_for, with_words):
    """English lists say nothing of Spanish; placeholders say the same in all languages."""
    spanish = {"inputs": {"language": "es"}}

    assert CHECK.run(subject_for(with_words("Mejor que los demás."), **spanish)).outcome is (
        Outcome.NOT_APPLICABLE
    )
    assert (
        CHECK.run(subject_for(with_words("[STUDENT_1] y [STUDENT_2]"), **spanish)).outcome is Outcome.FAIL
    )


@pytest.mark.parametrize("words", IN_OTHER_WORDS)
def test_other_words_for_it_are_caught_too(subject_for, with_words, words):
    """What was thought up after the rule, and then taught to it, stays caught."""
    assert CHECK.run(subject_for(with_words(words))).outcome in {Outcome.FAIL, Outcome.WARN}


@pytest.mark.parametrize("words", NEARBY_WORDS)
def test_words_that_lie_nearby_are_left_alone(subject_for, with_words, words):
    """The same words with another meaning raise no alarm."""
    assert CHECK.run(subject_for(with_words(words))).outcome is Outcome.PASS
