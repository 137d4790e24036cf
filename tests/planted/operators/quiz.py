"""Ways to break a quiz."""

from collections.abc import Iterator
from typing import Any

from tests.planted.planting import breaks
from tests.planted.unbroken import Answer

Fields = dict[str, Any]

_KEY_IN_OTHER_WORDS = {
    "56": "50 + 6",
    "3/6": "4/8",
    "legislative": "Congress, the House and the Senate",
    "chloroplast": "the green plastid",
    "ethos": "the appeal to credibility",
    "(2, 1)": "x = 2 and y = 1",
    "3": "three",
}
"""Another right answer to the first question of choice, by its key."""
_KEY_WITH_WORDS_OF_THE_QUESTION = {
    "legislative": "legislative, which makes laws",
    "chloroplast": "chloroplast, for photosynthesis",
    "ethos": "trust in the speaker, or ethos",
    "56": "7 x 8 = 56",
    "3/6": "3/6, which is equivalent to 1/2",
}
_ONE_IS_NOT = {
    "g5-three-branches": ("branches of the government", "police", "executive", "judicial", "legislative"),
    "g7-plants-and-energy": ("parts of a plant cell", "root", "nucleus", "chloroplast", "cell wall"),
    "g10-strong-arguments": ("rhetorical appeals", "syntax", "ethos", "logos", "pathos"),
    "k-shapes-around-us": ("flat shapes", "ball", "circle", "square", "triangle"),
    "g3-all-four-operations": ("ways to make 24", "5 x 5", "3 x 8", "4 x 6", "12 + 12"),
    "g4-equivalent-fractions": ("names for one half", "2/3", "2/4", "3/6", "4/8"),
    "g11-quadratic-functions": ("quadratic functions", "y = 2x", "y = x^2", "y = 3x^2 - x", "y = x^2 + 1"),
}
"""What three options are, the one that is not, and the three."""
_FIRST_QUESTION_AGAIN = {
    "g5-three-branches": "What is the part of the federal government called that writes our laws?",
    "g7-plants-and-energy": "Where in its cells does a plant turn light into sugar?",
    "g10-strong-arguments": "Listeners trust a speaker for her honest character. Name this appeal.",
    "k-shapes-around-us": "Count the sides of a triangle. How many are there?",
    "g3-all-four-operations": "Find the product of 7 and 8.",
    "g4-equivalent-fractions": "Which of these names the same amount as one half?",
    "g11-quadratic-functions": "For which x is the product (x - 3)(x + 5) equal to 0?",
}
_FROM_ANOTHER_SUBJECT = {
    "Science": "the school library",
    "Social studies": "the mitochondrion",
    "English": "evaporation",
    "Mathematics": "a noun",
    "Algebra II": "the French Revolution",
}


def _choices(record: Fields) -> list[Fields]:
    """The questions of choice, to be changed in the record."""
    return [item for item in record["items"] if item["kind"] == "multiple_choice"]


def _key(item: Fields) -> Fields:
    return next(option for option in item["options"] if option["is_key"])


def _wrong(item: Fields) -> list[Fields]:
    return [option for option in item["options"] if not option["is_key"]]


def _with_options(item: Fields, key: str, *wrong: str) -> Fields:
    """The question, with other options."""
    options = [{"text": key, "is_key": True, "misconception": ""}]
    options += [
        {"text": each, "is_key": False, "misconception": f"Does not know that {each} belongs here."}
        for each in wrong
    ]
    return item | {"options": options}


def _written(stem: str, *accepted: str) -> Fields:
    """A question that is answered in writing."""
    return {
        "stem": stem,
        "kind": "short_answer",
        "options": [],
        "accepted_answers": list(accepted),
        "hint": "Take one step after the other.",
        "explanation": "It follows from what was practiced this week.",
        "depth": 2,
    }


def _adding(quiz: Answer, *items: Fields) -> Answer:
    record = quiz.record
    record["items"] = [*record["items"], *items]
    return quiz.showing(record)


def _is_mathematics(quiz: Answer) -> bool:
    return quiz.record["subject"] in {"Mathematics", "Algebra II"} and quiz.record["grade"] != "K"


def _asking_for_what_is_not(quiz: Answer, stem: str) -> Answer:
    """The first question of choice asks for the one that does not belong."""
    things, odd, *others = _ONE_IS_NOT[quiz.name]
    record = quiz.record
    place = record["items"].index(_choices(record)[0])
    item = _with_options(record["items"][place], odd, *others)
    record["items"][place] = item | {"stem": stem.format(things=things)}
    return quiz.showing(record)


@breaks("one_key")
def a_second_option_is_marked_as_right(quiz: Answer) -> Iterator[Answer]:
    """In each question of choice in turn."""
    for place in range(len(_choices(quiz.record))):
        record = quiz.record
        _wrong(_choices(record)[place])[0] |= {"is_key": True, "misconception": ""}
        yield quiz.showing(record)


@breaks("one_key")
def no_option_is_marked_as_right(quiz: Answer) -> Iterator[Answer]:
    """In each question of choice in turn."""
    for place in range(len(_choices(quiz.record))):
        record = quiz.record
        _key(_choices(record)[place])["is_key"] = False
        yield quiz.showing(record)


@breaks("one_key")
def a_wrong_option_is_right_as_well(quiz: Answer) -> Answer | None:
    """It says in another way what the key says, and counts as wrong."""
    record = quiz.record
    item = _choices(record)[0]
    same = _KEY_IN_OTHER_WORDS.get(_key(item)["text"])
    if same is None:
        return None
    _wrong(item)[0]["text"] = same
    return quiz.showing(record)


@breaks("one_key")
def a_written_answer_is_missing(quiz: Answer) -> Iterator[Answer]:
    """In each question that is not one of choice."""
    for place, item in enumerate(quiz.record["items"]):
        if item["kind"] != "multiple_choice":
            record = quiz.record
            record["items"][place]["accepted_answers"] = []
            yield quiz.showing(record)


@breaks("one_key")
def the_key_says_that_answers_vary(quiz: Answer) -> Iterator[Answer]:
    """There is one right order or match, and the teacher does not get it."""
    for place, item in enumerate(quiz.record["items"]):
        if item["kind"] in {"order", "match"}:
            record = quiz.record
            record["items"][place]["accepted_answers"] = ["Answers will vary."]
            yield quiz.showing(record)


@breaks("key_not_conspicuous")
def every_key_is_explained(quiz: Answer) -> Answer:
    """The wrong options stay as short as they were."""
    record = quiz.record
    for item in _choices(record):
        key = _key(item)
        key["text"] = f"{key['text'].rstrip('.')}, because {item['explanation']}"[:150]
    return quiz.showing(record)


@breaks("key_not_conspicuous")
def every_key_stands_at_the_same_place(quiz: Answer) -> Answer | None:
    """Five questions of choice, and it is always the second option."""
    if not _is_mathematics(quiz):
        return None
    more = [
        _with_options(_written(f"What is {question}?"), key, *wrong)
        for question, key, *wrong in (
            ("6 x 4", "24", "20", "28"),
            ("9 x 3", "27", "24", "36"),
            ("45 / 5", "9", "8", "40"),
        )
    ]
    record = _adding(quiz, *[item | {"kind": "multiple_choice"} for item in more]).record
    for item in _choices(record):
        first, *others = _wrong(item)
        item["options"] = [first, _key(item), *others]
    return quiz.showing(record)


@breaks("key_not_conspicuous")
def a_key_is_marked_for_the_teacher(quiz: Answer) -> Answer:
    """Students read the mark as well."""
    record = quiz.record
    key = _key(_choices(record)[0])
    key["text"] = f"{key['text']} (correct)"
    return quiz.showing(record)


@breaks("key_not_conspicuous")
def every_key_is_in_bold(quiz: Answer) -> Answer:
    """The wrong options are not."""
    record = quiz.record
    for item in _choices(record):
        key = _key(item)
        key["text"] = f"**{key['text']}**"
    return quiz.showing(record)


@breaks("key_not_conspicuous")
def wrong_options_go_too_far(quiz: Answer) -> Answer | None:
    """Each of them claims that there is no exception, and the key does not."""
    record = quiz.record
    phrases = [item for item in _choices(record) if all(" " in each["text"] for each in item["options"])]
    phrases = [item for item in phrases if _key(item)["text"].count(" ") > 3]
    for item in phrases:
        for option in _wrong(item):
            option["text"] = f"{option['text'].rstrip('.')} in each and every case"
    return quiz.showing(record) if phrases else None


@breaks("key_not_conspicuous")
def a_key_repeats_the_question(quiz: Answer) -> Answer | None:
    """It is the only option with words of the question."""
    record = quiz.record
    key = _key(_choices(record)[0])
    key["text"] = _KEY_WITH_WORDS_OF_THE_QUESTION.get(key["text"], key["text"])
    return quiz.showing(record)


@breaks("distractors_are_plausible")
def a_wrong_option_is_a_joke(quiz: Answer) -> Iterator[Answer]:
    """Nobody would choose it; in each question of choice in turn."""
    for place in range(len(_choices(quiz.record))):
        record = quiz.record
        _wrong(_choices(record)[place])[-1]["text"] = "a dancing banana"
        yield quiz.showing(record)


@breaks("distractors_are_plausible")
def a_wrong_option_is_from_another_subject(quiz: Answer) -> Answer:
    """It has nothing to do with what was taught."""
    record = quiz.record
    _wrong(_choices(record)[0])[-1]["text"] = _FROM_ANOTHER_SUBJECT[record["subject"]]
    return quiz.showing(record)


@breaks("distractors_are_plausible")
def a_wrong_number_is_far_away(quiz: Answer) -> Answer | None:
    """No mistake leads to it."""
    record = quiz.record
    numbers = [item for item in _choices(record) if _key(item)["text"].isdecimal()]
    if not numbers:
        return None
    _wrong(numbers[0])[-1]["text"] = "90000"
    return quiz.showing(record)


@breaks("distractors_are_plausible")
def a_wrong_option_only_fills_a_place(quiz: Answer) -> Answer:
    """It says nothing."""
    record = quiz.record
    _wrong(_choices(record)[0])[-1]["text"] = "some other answer"
    return quiz.showing(record)


@breaks("distractors_are_plausible")
def wrong_options_stand_for_no_mistake(quiz: Answer) -> Answer:
    """The teacher learns only that somebody guessed."""
    record = quiz.record
    for item in _choices(record):
        guesses = ("Guesses without reading.", "Was in a hurry.", "Did not listen.", "Has no idea.")
        for option, guess in zip(_wrong(item), guesses, strict=False):
            option["misconception"] = guess
    return quiz.showing(record)


@breaks("distractors_are_plausible")
def wrong_options_name_no_misconception(quiz: Answer) -> Answer:
    """The column for the teacher is empty."""
    record = quiz.record
    for item in _choices(record):
        for option in _wrong(item):
            option["misconception"] = ""
    return quiz.showing(record)


@breaks("no_negative_stems")
def a_question_asks_which_is_not(quiz: Answer) -> Answer:
    """Three options are what was learned, and the one that is not is right."""
    return _asking_for_what_is_not(quiz, "Which of these is not one of the {things}?")


@breaks("no_negative_stems")
def a_question_asks_for_all_but_one(quiz: Answer) -> Answer:
    """The one that is left over is right."""
    return _asking_for_what_is_not(quiz, "All but one of these are {things}. Which one is left over?")


@breaks("no_negative_stems")
def a_question_asks_for_what_is_wrong(quiz: Answer) -> Answer:
    """A mistake is the right answer."""
    return _asking_for_what_is_not(quiz, "Which of these would be wrong in a list of {things}?")


@breaks("no_negative_stems")
def a_question_asks_what_can_never_be(quiz: Answer) -> Answer:
    """It is turned round by a single word."""
    return _asking_for_what_is_not(quiz, "Which of these can never count among the {things}?")


@breaks("no_negative_stems")
def a_question_denies_twice(quiz: Answer) -> Answer:
    """Readers have to work out that two negations cancel out."""
    return _asking_for_what_is_not(quiz, "Which would it not be wrong to leave out of a list of {things}?")


@breaks("items_do_not_overlap")
def a_question_is_asked_twice(quiz: Answer) -> Answer:
    """The first one comes again at the end."""
    return _adding(quiz, quiz.record["items"][0])


@breaks("items_do_not_overlap")
def a_question_of_choice_is_asked_again_in_writing(quiz: Answer) -> Answer:
    """Its key is the written answer."""
    item = _choices(quiz.record)[0]
    return _adding(quiz, _written(f"Write the answer: {item['stem']}", _key(item)["text"]))


@breaks("items_do_not_overlap")
def a_question_is_asked_again_in_other_words(quiz: Answer) -> Answer:
    """It is about the same thing and has the same answer."""
    return _adding(quiz, quiz.record["items"][0] | {"stem": _FIRST_QUESTION_AGAIN[quiz.name]})


@breaks("items_do_not_overlap")
def a_question_tells_the_answer_of_another(quiz: Answer) -> Answer | None:
    """The last question opens with what the first one asks for."""
    record = quiz.record
    first, last = record["items"][0], record["items"][-1]
    last["stem"] = f"{first['explanation']} {last['stem']}"
    return quiz.showing(record) if len(last["stem"]) <= 400 else None


@breaks("items_do_not_overlap")
def a_question_builds_on_the_key_of_another(quiz: Answer) -> Answer:
    """Whoever reads on knows the key of the first question of choice."""
    items = quiz.record["items"]
    item = _choices(quiz.record)[0]
    stem = f"The answer to question {items.index(item) + 1} is {_key(item)['text']}. How can one know this?"
    return _adding(quiz, _written(stem, item["explanation"][:120]))


@breaks("answers_are_right")
def the_mark_stands_at_a_wrong_option(quiz: Answer) -> Iterator[Answer]:
    """The option that is right counts as wrong, in each question that is a sum."""
    for place, item in enumerate(quiz.record["items"]):
        if item["options"] and _key(item)["text"].isdecimal() and _is_mathematics(quiz):
            record = quiz.record
            right, other = _key(record["items"][place]), _wrong(record["items"][place])[0]
            right["is_key"], other["is_key"] = False, True
            right["misconception"], other["misconception"] = other["misconception"], ""
            yield quiz.showing(record)


@breaks("answers_are_right")
def a_wrong_answer_is_accepted_as_well(quiz: Answer) -> Answer | None:
    """What is right counts, and so does a slip."""
    return _adding(quiz, _written("What is 48 ÷ 6?", "8", "9")) if _is_mathematics(quiz) else None


@breaks("answers_are_right")
def the_smaller_digit_is_taken_from_the_larger(quiz: Answer) -> Answer | None:
    """The key makes the mistake that children make."""
    return _adding(quiz, _written("Subtract 18 from 42.", "36")) if _is_mathematics(quiz) else None


@breaks("answers_are_right")
def the_sum_is_worked_from_left_to_right(quiz: Answer) -> Answer | None:
    """The key multiplies last."""
    return _adding(quiz, _written("Work out 3 + 4 x 2.", "14")) if _is_mathematics(quiz) else None


@breaks("answers_are_right")
def a_fraction_of_a_number_is_wrong(quiz: Answer) -> Answer | None:
    """The key gives one third where two thirds are asked for."""
    return _adding(quiz, _written("How much is 2/3 of 12?", "4")) if _is_mathematics(quiz) else None


@breaks("answers_are_right")
def the_answer_to_a_story_is_wrong(quiz: Answer) -> Answer | None:
    """Four boxes of six pencils and five more do not make 30."""
    story = "There are 4 boxes with 6 pencils each, and 5 more on the desk. How many pencils is that?"
    return _adding(quiz, _written(story, "30", "30 pencils")) if _is_mathematics(quiz) else None
