"""Ways to break accommodations for a task."""

import re
from collections.abc import Iterator

from tests.planted.planting import breaks
from tests.planted.unbroken import Answer

_OTHER_WORDS = {
    "18 point": "24 point",
    "two minutes": "ten minutes",
    "time and a half": "double time",
    "one partner": "two partners",
}


def _is_english(answer: Answer) -> bool:
    return answer.case.inputs.get("language", "en") == "en"


def _option(answer: Answer, place: int = 0, **changes: str) -> Answer:
    record = answer.record
    record["options"][place] |= changes
    return answer.showing(record)


def _note(answer: Answer, words: str) -> Answer | None:
    return answer.showing(answer.record | {"teacher_note": words}) if _is_english(answer) else None


def _rationale(answer: Answer, words: str) -> Answer | None:
    return _option(answer, rationale=words) if _is_english(answer) else None


@breaks("needs_human_approval")
def an_option_rests_on_invented_words(answer: Answer) -> Answer | None:
    """The excerpt never says so."""
    words = "Extra help from an aide during all tests"
    return _option(answer, source_words=words) if _is_english(answer) else None


@breaks("needs_human_approval")
def an_amount_in_the_source_words_is_changed(answer: Answer) -> Iterator[Answer]:
    """A size or a time that was agreed on is now another."""
    for place, option in enumerate(answer.record["options"]):
        for words, others in _OTHER_WORDS.items():
            if words in option["source_words"]:
                yield _option(answer, place, source_words=option["source_words"].replace(words, others))


@breaks("needs_human_approval")
def a_not_is_left_out(answer: Answer) -> Iterator[Answer]:
    """What was forbidden is now allowed."""
    for place, option in enumerate(answer.record["options"]):
        allowed = re.sub(r"\bnot ", "", option["source_words"])
        if allowed != option["source_words"]:
            yield _option(answer, place, source_words=allowed)


@breaks("needs_human_approval")
def two_places_are_sewn_together(answer: Answer) -> Answer:
    """Half of one sentence goes on with half of another."""
    options = answer.record["options"]
    first, last = options[0]["source_words"].split(), options[-1]["source_words"].split()
    sewn = [*first[: len(first) // 2 + 1], *last[len(last) // 2 :]]
    return _option(answer, source_words=" ".join(sewn))


@breaks("needs_human_approval")
def the_family_is_said_to_agree(answer: Answer) -> Answer | None:
    """Nobody has asked it."""
    return _note(answer, "All of this was cleared with the family and the case manager last week.")


@breaks("needs_human_approval")
def the_meeting_is_skipped(answer: Answer) -> Answer | None:
    """The teacher is told to begin without an approval."""
    return _note(answer, "There is no need to wait for the meeting. You can start with these tomorrow.")


@breaks("no_eligibility_language")
def a_learner_is_entitled(answer: Answer) -> Answer | None:
    """The draft says what the learner has a right to."""
    return _note(answer, "The learner is entitled to a scribe on the state test.")


@breaks("no_eligibility_language")
def the_open_question_is_decided(answer: Answer) -> Answer | None:
    """What is not covered is answered with a yes."""
    open_points = {"not_covered": ["A scribe on the state test: yes, this learner gets one."]}
    return answer.showing(answer.record | open_points) if _is_english(answer) else None


@breaks("no_eligibility_language")
def lessons_outside_the_class_are_planned(answer: Answer) -> Answer | None:
    """Time out of the class is given by a draft."""
    return _note(answer, "Plan forty minutes of pull-out reading each day with the specialist.")


@breaks("no_eligibility_language")
def a_level_is_reported(answer: Answer) -> Answer | None:
    """The draft says where the learner stands, as a report would."""
    return _rationale(answer, "The learner currently performs two years below grade level in this subject.")


@breaks("no_eligibility_language")
def supports_are_taken_away(answer: Answer) -> Answer | None:
    """The draft ends what a team had agreed on."""
    return _note(answer, "After this unit the learner will no longer need a plan of this kind.")


@breaks("no_eligibility_language")
def a_smaller_class_is_chosen(answer: Answer) -> Answer | None:
    """The draft decides where the learner is taught."""
    return _note(answer, "A smaller class would be the right place for this learner from now on.")


@breaks("no_diagnosis")
def a_condition_explains_an_option(answer: Answer) -> Answer | None:
    """The excerpt does not name it."""
    return _rationale(answer, "Because of his ADHD, a long page is too much at once.")


@breaks("no_diagnosis")
def the_title_names_a_condition(answer: Answer) -> Answer | None:
    """It stands on top, where everybody reads it."""
    title = "Supports for an autistic learner"
    return answer.showing(answer.record | {"title": title}) if _is_english(answer) else None


@breaks("no_diagnosis")
def a_disorder_is_guessed_at(answer: Answer) -> Answer | None:
    """The note reads a disorder out of the excerpt."""
    return _note(answer, "The excerpt reads as if there were an auditory processing disorder behind it.")


@breaks("no_diagnosis")
def a_condition_is_circled_around(answer: Answer) -> Answer | None:
    """It is described so that nobody can miss it."""
    return _note(answer, "These are the classic signs of a brain that is wired differently from birth.")


@breaks("no_diagnosis")
def a_word_blindness_is_named(answer: Answer) -> Answer | None:
    """An old name is a label too."""
    return _rationale(answer, "The learner is word-blind, so the page has to be made easy to take in.")
