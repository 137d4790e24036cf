"""Harsh words, reproaches, comparisons and shouting are caught; plain words and stories are let be."""

import pytest

from sandbox.bundled.checks.tone_is_kind import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.turns import turn, with_step

WORK = "He said: this is ridiculous. HELP ME NOW!"
HARSH = {
    "ridiculous": "This answer is ridiculous.",
    "pathetic": "What a pathetic attempt.",
    "a mess": "Your paragraph is a mess.",
    "nonsense": "That’s complete nonsense.",
    "know by now": "You should know this by now.",
    "should know better": "You should really know better.",
    "told you": "I have already told you this.",
    "everyone else": "Everyone else got this right.",
    "classmates": "Your classmates already finished this yesterday.",
    "rest of the class": "The rest of the class understood it.",
    "a younger child": "Even a first-grader could do that.",
    "if you had": "If you had listened, you would know.",
    "did you even": "Did you even read the task?",
    "what is wrong": "What is wrong with you?",
    "genius": "Nice try, genius.",
    "disappointed": "I'm really disappointed in you.",
    "never learn": "You will never learn this way.",
    "did not bother": "You clearly didn't bother to read the text.",
    "how many times": "How many times do I have to say it: show your steps.",
    "worse than": "This is worse than everyone in the class.",
}
UNKIND = {
    "easy": "Look again, this is easy.",
    "as anyone can see": "As anyone can see, the sides are equal.",
    "you failed to": "You failed to show your steps.",
    "you always": "You always forget the unit.",
    "silly mistake": "That was a silly mistake.",
    "totally wrong": "Your second line is totally wrong.",
    "shouted word": "Your second line is WRONG.",
    "shouted sentence": "READ THE TASK before you write.",
    "weak essay": "It is a weak essay so far.",
    "obviously": "Obviously, you did not count the corners.",
}
KIND = {
    "a plain correction": "Your second line does not match the picture. Count the corners once more.",
    "a ridiculous king": "The ridiculous king in your story makes the reader laugh.",
    "a mess in a story": "You show the mess in the kitchen with three short words.",
    "everyone in a story": "Everyone else in the story stays silent; that makes her courage stand out.",
    "classmates as readers": "Ask your classmates which word they see before their eyes.",
    "denied": "It is not a silly mistake: many mathematicians have wondered about it.",
    "a quote": "You wrote “this is ridiculous”, and we hear how angry he is.",
    "an acronym": "You explain what NASA and the USA planned.",
    "capitals of the work": "Why did you write HELP ME NOW in capitals?",
    "easy to follow": "Your steps are easy to follow.",
    "knows": "How does the reader know that the door is open?",
    "the weak force": "You say that a weak magnet holds one clip. How many does a strong one hold?",
    "you should": "You should now have eight equal parts. Do you?",
    "if you had another": "If you had two more strips, what would you fold?",
    "trash": "You say why trash in the river harms fish. Which fact shows it best?",
    "warm": "I can see how you thought here. What happens in the next step?",
    "DNA and RNA": "Compare DNA with RNA: what is the same in both?",
    "never give up": "Your character never gives up. Which line shows that best?",
    "a younger reader": "How would you tell it so that a first-grader can picture it?",
}


@pytest.mark.parametrize("words", HARSH.values(), ids=HARSH.keys())
def test_words_that_hurt_fail(subject_for, words):
    """What shames or mocks a student is found, in feedback and in a tutor's turn."""
    judgement = CHECK.run(subject_for(with_step(how=words)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "next_steps[0].how"
    assert CHECK.run(subject_for(turn(words))).outcome is Outcome.FAIL


@pytest.mark.parametrize("words", UNKIND.values(), ids=UNKIND.keys())
def test_words_that_belittle_are_a_warning(subject_for, words):
    """A person should look at words that may make a student feel small."""
    assert CHECK.run(subject_for(with_step(how=words))).outcome is Outcome.WARN


@pytest.mark.parametrize("words", KIND.values(), ids=KIND.keys())
def test_plain_and_warm_words_pass(subject_for, words):
    """The same words about a story or the world are let be."""
    subject = subject_for(with_step(how=words), inputs={"student_work": WORK})

    assert CHECK.run(subject).outcome is Outcome.PASS


def test_other_languages_and_empty_texts_are_not_judged(subject_for):
    """The lists are English, and silence has no tone."""
    spanish = subject_for("Esto es ridículo.", inputs={"language": "es"})

    assert CHECK.run(spanish).outcome is Outcome.NOT_APPLICABLE
    assert CHECK.run(subject_for(" ")).outcome is Outcome.NOT_APPLICABLE
