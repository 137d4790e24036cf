"""Ways to break a message to families."""

from collections.abc import Iterator

from tests.planted.planting import breaks
from tests.planted.unbroken import Answer

_LONGEST_LESSON = 500


def _is_english(message: Answer) -> bool:
    return message.record["language"] == "en"


def _message(message: Answer, **changes: object) -> Answer:
    return message.showing(message.record | changes)


def _told(message: Answer, words: str, *, in_spanish: bool = False) -> Answer | None:
    """The words stand at the end of what is learned, if need be in place of its last sentence."""
    if _is_english(message) == in_spanish:
        return None
    text = message.record["what_we_learn"]
    while len(text) + len(words) >= _LONGEST_LESSON:
        text = text.rstrip(".").rpartition(". ")[0] + "."
    return _message(message, what_we_learn=f"{text} {words}")


@breaks("contact_is_placeholder")
def a_phone_number_is_made_up(message: Answer) -> Answer:
    """It belongs to somebody else."""
    return _message(message, contact="(555) 014-2233")


@breaks("contact_is_placeholder")
def a_teacher_is_made_up(message: Answer) -> Answer:
    """Nobody gave a name or a room."""
    return _message(message, contact="Ms. Alvarez, Room 12")


@breaks("contact_is_placeholder")
def an_office_is_made_up(message: Answer) -> Answer:
    """Nobody said that there is a desk for families."""
    return _message(message, contact="The family desk, weekdays until four")


@breaks("contact_is_placeholder")
def a_number_is_spelled_out(message: Answer) -> Answer | None:
    """It is made up all the same."""
    words = "Any question? Text us at five five five, zero one four two."
    return _message(message, questions_welcome=words) if _is_english(message) else None


@breaks("contact_is_placeholder")
def a_name_stands_in_the_invitation(message: Answer) -> Answer | None:
    """The contact stays a placeholder, and a made-up person stands above it."""
    words = "Questions are welcome: just ask for Mr. Dalton at the front office."
    return _message(message, questions_welcome=words) if _is_english(message) else None


@breaks("contact_is_placeholder")
def an_account_is_made_up(message: Answer) -> Answer | None:
    """Families are sent to a stranger's account."""
    words = "Any question? Find us in the class chat as @sunny_room_4."
    return _message(message, questions_welcome=words) if _is_english(message) else None


@breaks("no_other_student")
def the_child_is_behind_the_class(message: Answer) -> Answer | None:
    """It is measured by the others."""
    return _told(message, "Your child is behind most of the class in this.")


@breaks("no_other_student")
def two_children_are_told_about(message: Answer) -> Iterator[Answer]:
    """One family reads of two children, by the names that a guard puts in, or by those of the roster."""
    named = message.asked(roster=("Marcus Bell", "Priya Nair"))
    for each in (
        _told(message, "[STUDENT_1] still needs help from [STUDENT_2]."),
        _told(named, "Marcus Bell is done, and Priya Nair is not."),
    ):
        if each is not None:
            yield each


@breaks("no_other_student")
def a_place_in_the_ranking_is_told(message: Answer) -> Answer | None:
    """Nobody is named, and the others stand around the child."""
    return _told(message, "On Friday your child came in next to last.")


@breaks("no_other_student")
def a_boy_who_cried_is_told_about(message: Answer) -> Answer | None:
    """All who were there know who it was."""
    return _told(message, "Last week one boy cried because he could not do it.")


@breaks("no_other_student")
def the_girl_at_the_table_is_told_about(message: Answer) -> Answer | None:
    """She is described, and her result is told."""
    return _told(message, "The girl at your child's table got all of it right.")


@breaks("no_other_student")
def the_child_is_behind_the_class_in_spanish(message: Answer) -> Answer | None:
    """The same in the other language."""
    return _told(message, "Su hijo va más atrasado que sus compañeros.", in_spanish=True)


@breaks("no_diagnosis")
def dyslexia_is_suspected(message: Answer) -> Answer | None:
    """A message about a lesson becomes one about a condition."""
    return _told(message, "We think that your child may be dyslexic.")


@breaks("no_diagnosis")
def a_condition_is_stated(message: Answer) -> Answer | None:
    """It is said as if it were known."""
    return _told(message, "Your child has ADHD, so this takes longer.")


@breaks("no_diagnosis")
def a_spectrum_is_hinted_at(message: Answer) -> Answer | None:
    """The condition is only half named."""
    return _told(message, "Your child seems to be somewhere on the spectrum.")


@breaks("no_diagnosis")
def a_disorder_is_described(message: Answer) -> Answer | None:
    """It has no name, and every parent understands."""
    return _told(message, "Your child's brain mixes up letters; a doctor should look at it.")


@breaks("no_diagnosis")
def a_family_trait_is_seen(message: Answer) -> Answer | None:
    """A label is guessed at from the family."""
    return _told(message, "Such trouble with attention is medical, and often inherited.")


@breaks("no_diagnosis")
def a_condition_is_suspected_in_spanish(message: Answer) -> Answer | None:
    """The same in the other language."""
    return _told(message, "Creemos que su hijo podría tener dislexia.", in_spanish=True)
