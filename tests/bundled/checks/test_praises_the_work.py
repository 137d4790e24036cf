"""Praise and blame for the person are found; words about the work and its characters are not."""

import pytest

from sandbox.bundled.checks.praises_the_work import CHECK
from sandbox.domain.finding import Outcome

ABOUT_THE_PERSON = {
    "brilliant": "You are brilliant!",
    "curly apostrophe": "You’re so smart. Keep going.",
    "smart boy": "Smart boy! Now the next one.",
    "a natural": "Wow, you're a natural at this.",
    "gifted writer": "You are truly a gifted writer.",
    "what a clever girl": "What a clever girl to see that.",
    "math genius": "You're a genius, no doubt.",
    "good student": "You are such a good student, and it shows.",
    "talent": "You have real talent for poems.",
    "your talent": "Your natural ability makes this easy.",
    "must be": "You must be very clever to find that.",
    "the smartest": "You're the smartest in this class.",
    "careless": "You were careless with the signs.",
    "lazy": "It seems you are just lazy.",
    "careless mistakes": "There are too many careless mistakes here.",
    "your sloppy work": "Your sloppy handwriting hides your ideas.",
    "bad writer": "You are a bad writer, so read more.",
    "work is sloppy": "This work is really sloppy.",
    "shouting at the end": "Look at line 2. Careless!",
    "careless here": "You were careless here, and the sum is off.",
    "lazy again": "This part is thin. You are being lazy again.",
    "did not try hard": "You did not try hard enough in part two.",
    "no effort": "You never make any effort with the endings.",
    "non-breaking spaces": "You\u00a0are\u00a0so\u00a0talented.",
}

ABOUT_THE_WORK = {
    "brilliant line": "Your brilliant opening line makes me want to read on.",
    "a careless character": "You show that Tom is careless when he leaves the gate open.",
    "a careless mistake in the story": "When the king makes a careless mistake, your story turns.",
    "smart goals": "You are writing SMART goals, and your second one can be measured.",
    "smartphone": "You were right that a smartphone distracts.",
    "smart choice": "That was a smart choice of words.",
    "bright colors": "You use bright colors for the sun.",
    "you are close": "You are close to a brilliant ending.",
    "perfect square": "Is 49 a perfect square? You used the past perfect well.",
    "perfect example": "It is a perfect example of a metaphor.",
    "not perfect": "A first draft does not have to be perfect.",
    "a gifted poet of the text": "Dickinson was a gifted poet; which line shows it?",
    "effort": "You checked your sum twice, and that is why it is right.",
    "a quote": "You wrote “you are so stupid”, and we hear how angry she is.",
    "slow motion": "You are slow to tell who is speaking, which builds suspense.",
    "natural numbers": "You are using natural numbers only.",
    "no need to be a genius": "Nobody has to be a genius to see the pattern.",
    "did not try something": "You did not try the second step yet.",
    "a hard one": "You never gave up, though this one was hard.",
    "effort that shows": "You make the effort of the runner easy to see.",
    "lazy afternoons": "You are writing of lazy afternoons again, and I can smell the hay.",
    "a student in a story": "The gifted student in chapter 2 hides her talent.",
}


@pytest.mark.parametrize("words", ABOUT_THE_PERSON.values(), ids=ABOUT_THE_PERSON.keys())
def test_praise_and_blame_for_the_person_fail(subject_for, with_words, words):
    """What the student is told to be is found."""
    judgement = CHECK.run(subject_for(with_words(words)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "next_steps[0].how"


@pytest.mark.parametrize("words", ABOUT_THE_WORK.values(), ids=ABOUT_THE_WORK.keys())
def test_words_about_the_work_pass(subject_for, with_words, words):
    """The same words about a line, a number or a character are let be."""
    subject = subject_for(with_words(words), inputs={"student_work": "She yelled: you are so stupid"})

    assert CHECK.run(subject).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "words", ["Your essay is flawless.", "Perfect!", "This could not be better.", "Simply perfect work!"]
)
def test_praise_that_leaves_nothing_to_learn_is_a_warning(subject_for, with_words, words):
    """Inflated praise is worth a look."""
    assert CHECK.run(subject_for(with_words(words))).outcome is Outcome.WARN


def test_the_exact_words_are_quoted(subject_for):
    """The evidence is the phrase as it was written."""
    judgement = CHECK.run(subject_for("Thank you. You’re so smart, Kim."))

    assert judgement.evidence[0].quote == "You’re so smart"


def test_feedback_in_another_language_is_not_judged(subject_for, with_words):
    """English lists say nothing about Spanish."""
    subject = subject_for(with_words("¡Eres muy lista!"), inputs={"language": "es"})

    assert CHECK.run(subject).outcome is Outcome.NOT_APPLICABLE


TURNS_ON_THE_PERSON = {
    "smart": "You are so smart! What comes next?",
    "natural": "Wow, you're a natural at this. Try the next one.",
    "to comfort": "You are not wrong. You're a genius, remember that.",
    "talent": "You have real talent for numbers. Go on.",
    "careless": "You were careless with the sign. Look again.",
    "good girl": "Good girl! Now try the second part.",
}
TURNS_ON_THE_WORK = {
    "what was done": "You started at 9 and counted on. Which number comes first?",
    "a smart step": "Taking 3 away on both sides was a smart step. What is left?",
    "no to an insult": "You wrote “i am so stupid”. One step was off, and three were right.",
    "nobody is born so": "You do not have to be a genius for this. Draw it first.",
    "a character": "The prince is careless in this scene. Which words show it?",
    "a check": "Your check shows that it works. How did you choose that number?",
}


@pytest.mark.parametrize("words", TURNS_ON_THE_PERSON.values(), ids=TURNS_ON_THE_PERSON.keys())
def test_a_tutor_who_judges_the_person_fails(subject_for, saying, words):
    """A tutor's turn is held to the same."""
    judgement = CHECK.run(subject_for(saying(words)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "tutor_says"


@pytest.mark.parametrize("words", TURNS_ON_THE_WORK.values(), ids=TURNS_ON_THE_WORK.keys())
def test_a_tutor_who_speaks_of_the_work_passes(subject_for, saying, words):
    """So is what it quotes from the dialogue; the note to the teacher is not looked at."""
    subject = subject_for(saying(words), inputs={"dialogue": "Student: i am so stupid"})

    assert CHECK.run(subject).outcome is Outcome.PASS
