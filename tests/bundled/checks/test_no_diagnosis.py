"""A child is not given a label that nobody gave; lessons about health and stories are left alone."""

import pytest

from sandbox.bundled.artifacts.tutor_turn import TutorTurn
from sandbox.bundled.checks.no_diagnosis import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.whole_artifacts import because, message, supports

LABELED = {
    "has ADHD": "The student has ADHD, so keep the steps short.",
    "dyslexia": "She has dyslexia and mixes up b and d.",
    "is autistic": "Your student is autistic and likes order.",
    "a student with": "As a student with dyscalculia, he needs counters.",
    "because of": "He leaves out words because of his dyslexia.",
    "due to": "Due to their ADHD, the last line is unfinished.",
    "suffers from": "The learner suffers from depression and writes little.",
    "on the spectrum": "This child is on the autism spectrum.",
    "disorder": "The student has an auditory processing disorder.",
    "anxiety": "She has an anxiety disorder and does not speak up.",
    "your child": "Your child has a learning disability in mathematics.",
    "adjective": "This is an ADHD student who needs to move.",
    "full name": "He has attention deficit hyperactivity disorder.",
    "capital letters": "THE STUDENT IS DYSLEXIC.",
    "placeholder": "[STUDENT_1] has dysgraphia, so let him type.",
    "diagnosed": "The learner was diagnosed with autism spectrum disorder.",
}

SUGGESTED = {
    "may have": "The student may have dyslexia.",
    "signs": "These reversals are typical signs of dyslexia.",
    "screening": "Consider a screening for ADHD.",
    "could indicate": "Skipping lines could indicate ADHD or a vision problem.",
    "rule out": "It would be good to rule out dyscalculia.",
    "possible": "Possible dysgraphia: the letters vary in size.",
    "seems": "He seems to be on the autism spectrum.",
    "points to": "The tone points to depression in the student.",
    "consistent": "This pattern is consistent with an auditory processing disorder.",
    "in general": "Learners with dyslexia often profit from this.",
}

NOT_A_LABEL = {
    "functional need": "The student mixes up b and d, so let the line be read aloud.",
    "attention": "Short steps help to keep attention on the page.",
    "great depression": "The student explains how the Great Depression began.",
    "a depression": "There is a depression in the ground where the pond was.",
    "economy": "The paragraph on the depression of 1893 has two causes.",
    "worry": "The student is nervous before a test, so begin with one easy task.",
    "no diagnosis": "This is not a sign of dyslexia; many writers do it.",
    "warning": "Do not conclude that the student has ADHD.",
    "a story": "You show that the character in the story is autistic and brave.",
    "no": "No diagnosis such as dyslexia is named here.",
    "spectrum": "You drew the spectrum of light in the right order.",
    "add": "ADD the two numbers first, and say why.",
    "odd": "You have ODD numbers on one side and even ones on the other.",
    "ocd": "The answer is tidy, and each line has a reason.",
    "disorder": "The beads are in disorder; sort them by color.",
    "asd letters": "Type a, s and d with the left hand.",
    "depressed key": "The key is depressed until the light goes on.",
}

IN_OTHER_WORDS = (
    "Your ADHD makes it hard to finish.",
    "He is clearly on the spectrum.",
    "Students like her usually turn out to be dyslexic.",
    "She shows symptoms of depression.",
    "The errors are caused by dyscalculia.",
    "This student might be autistic.",
    "It is likely that he has a language disorder.",
    "Since you are dyslexic, use a ruler.",
    "Her OCD shows in the neat columns.",
    "The child is bipolar.",
    "He's got ADHD.",
    "Kids with autism like this need a schedule.",
    "This looks like dysgraphia to me.",
    "The writer struggles with ADHD.",
    "He needs help for his autism.",
    "A child who has Tourette syndrome may call out.",
    "I believe you have dyslexia.",
    "Her learning disability shows in line 2.",
    "These are dyslexic errors.",
    "The student presents with ODD.",
    "Maybe it is an anxiety disorder.",
)
NEARBY_WORDS = (
    "The student works slowly and well.",
    "You describe the depression of the spring by 2 cm.",
    "The word anxiety in your poem is strong.",
    "She was sad in the story, and you show it.",
    "Add the odd numbers.",
    "Be careful with the spectrum of colors.",
    "You look at the economy in the depression years.",
    "Attention: line three has two verbs.",
    "The student's handwriting is hard to read.",
    "Nobody can say from one page whether a student has dyslexia.",
    "The brain needs a break.",
    "Your memory of the text is good.",
    "The writer is sad about the dog.",
    "You use the word spectrum well.",
    "The cold front brings a depression over the sea.",
    "He was depressed after the war, you write of the soldier in the story.",
    "The letters are large and clear.",
    "Do not look for a disorder; look at the step.",
    "You add odd and even numbers.",
    "A worried reader needs a second line.",
    "Attention is what the ad wants to get.",
    "The class learns about the brain.",
)


@pytest.mark.parametrize("words", LABELED.values(), ids=LABELED.keys())
def test_a_label_for_the_student_fails(subject_for, with_words, words):
    """What the student is said to have is found, with the words."""
    judgement = CHECK.run(subject_for(with_words(words)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "next_steps[0].how"
    assert judgement.evidence[0].quote in words


@pytest.mark.parametrize("words", SUGGESTED.values(), ids=SUGGESTED.keys())
def test_a_label_that_is_only_suggested_is_a_warning(subject_for, with_words, words):
    """A guess of that kind is for a person to look at."""
    assert CHECK.run(subject_for(with_words(words))).outcome is Outcome.WARN


@pytest.mark.parametrize("words", NOT_A_LABEL.values(), ids=NOT_A_LABEL.keys())
def test_what_labels_nobody_passes(subject_for, with_words, words):
    """Needs, history, stories and refusals are left alone."""
    assert CHECK.run(subject_for(with_words(words))).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "inputs",
    [
        {"student_work": "My essay is about my brother. He has ADHD and runs fast."},
        {"task": "Explain how ADHD changes a school day.", "subject": "Health"},
        {"learner_needs": ("has ADHD, says the family",)},
    ],
)
def test_a_label_that_the_inputs_hold_is_left_alone(subject_for, with_words, inputs):
    """Then it is the teacher's word, the student's, or what the lesson is about."""
    words = "You tell how your brother has ADHD; what did the student with ADHD do?"

    assert CHECK.run(subject_for(with_words(words), inputs=inputs)).outcome is Outcome.PASS


@pytest.mark.parametrize("subject", ["Health", "Psychology", "health education"])
def test_classes_on_health_may_speak_of_conditions(subject_for, with_words, subject):
    """There a condition is what is learned; a label for the student is one all the same."""
    topic, label = "Name two signs of depression that a friend can see.", "You have depression."

    assert CHECK.run(subject_for(with_words(topic), inputs={"subject": subject})).outcome is Outcome.PASS
    assert CHECK.run(subject_for(with_words(label), inputs={"subject": subject})).outcome is Outcome.FAIL


def test_all_that_speaks_of_a_child_is_looked_at(subject_for):
    """Supports, accommodations, messages to families and turns of a tutor."""
    turn = TutorTurn(
        error_type="unknown", strategy="ask_question", hint_level=0, tutor_says="What comes first?",
        teacher_note="The student has dyscalculia.",
    )  # fmt: skip
    answers = [
        (supports(learner_need="has dyslexia"), "scaffolds[0].learner_need"),
        (because("The learner has autism."), "options[0].rationale"),
        (
            message(what_we_learn="Your child has ADHD, and this week we compare fractions."),
            "what_we_learn",
        ),
        (turn, "teacher_note"),
    ]

    for answer, where in answers:
        judgement = CHECK.run(subject_for(answer))

        assert (judgement.outcome, judgement.evidence[0].where) == (Outcome.FAIL, where)


def test_a_need_is_no_place_for_a_label(subject_for):
    """The field for what a learner needs gives whatever stands there to the learner."""
    assert CHECK.run(subject_for(supports(learner_need="learners with dyslexia"))).outcome is Outcome.FAIL


def test_answers_in_other_languages_are_not_judged(subject_for, with_words):
    """English lists say nothing of Spanish."""
    subject = subject_for(with_words("Tiene dislexia."), inputs={"language": "es"})

    assert CHECK.run(subject).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("words", IN_OTHER_WORDS)
def test_other_words_for_it_are_caught_too(subject_for, with_words, words):
    """What was thought up after the rule, and then taught to it, stays caught."""
    assert CHECK.run(subject_for(with_words(words))).outcome in {Outcome.FAIL, Outcome.WARN}


@pytest.mark.parametrize("words", NEARBY_WORDS)
def test_words_that_lie_nearby_are_left_alone(subject_for, with_words, words):
    """The same words with another meaning raise no alarm."""
    assert CHECK.run(subject_for(with_words(words))).outcome is Outcome.PASS
