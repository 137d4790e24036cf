"""Ways to break a text that was rewritten for a grade."""

import re
from collections.abc import Iterator

from tests.planted.planting import breaks
from tests.planted.unbroken import Answer

_SCHOLARLY = (
    "Contemporary investigations demonstrate that the phenomenon under consideration results from the "
    "continuous interaction of numerous interdependent variables, whose relative contributions remain "
    "notoriously difficult to disentangle. Notwithstanding considerable methodological sophistication, "
    "researchers consequently acknowledge that generalizations derived from individual observations "
    "necessarily oversimplify the underlying relationships, particularly where institutional, ecological "
    "and technological circumstances simultaneously influence the development that is being described."
)
_LONGER = {
    "big": "substantial",
    "small": "diminutive",
    "soft": "malleable",
    "grows": "proliferates",
    "gets": "becomes progressively",
    "drinks": "assimilates",
    "make": "manufacture",
    "keeps": "accumulates",
    "gives": "distributes",
    "eat": "ingest",
    "live": "cohabitate",
    "flies": "navigates",
}
_HARDER = {
    "root": "the subterranean absorptive organ of a vascular organism",
    "colony": "an aggregation of interdependent organisms of one species",
    "canal": "an artificially excavated conduit for maritime navigation",
}
_WORDS_ELSEWHERE = {
    "Science": ("habitat", "the place where an animal or a plant lives"),
    "Social studies": ("toll", "money that is paid to use a road or a waterway"),
    "U.S. government": ("impeachment", "a charge that Congress brings against an official"),
    "Ciencias": ("glaciar", "una masa grande de hielo que se mueve despacio"),
}
_BESIDE_THE_TEXT = {
    "k-from-seed-to-plant": ("How do worms help the soil?", "They dig small tunnels that let in air."),
    "g2-how-bees-make-honey": ("How many eggs does the queen lay in a day?", "Up to two thousand."),
    "g4-the-erie-canal": ("How did the state pay for the digging?", "It borrowed money from banks."),
    "g5-el-ciclo-del-agua": ("¿Por qué es salado el mar?", "Porque los ríos llevan sales de las rocas."),
    "g7-why-the-ground-shakes": (
        "Why do tsunamis form?",
        "A lift of the ocean floor pushes water up.",
    ),
    "g11-marbury-v-madison": ("How many justices does the Court have today?", "Nine."),
}
_NUMBER = re.compile(r"\b\d{2,4}\b")
_WORD = re.compile(r"\w+")


def _rewritten(text: Answer, words: str) -> Answer:
    return text.showing(text.record | {"rewritten_text": words})


def _entry(text: Answer, place: int = 0, **changes: str) -> Answer:
    record = text.record
    record["glossary"][place] |= changes
    return text.showing(record)


def _question(text: Answer, place: int = 0, **changes: str) -> Answer:
    record = text.record
    record["questions"][place] |= changes
    return text.showing(record)


def _is_english(text: Answer) -> bool:
    return bool(text.record["subject"] != "Ciencias")


def _is_for_young_readers(text: Answer) -> bool:
    return _is_english(text) and text.record["grade"] in {"K", "2", "4"}


def _with_its_source(text: Answer) -> Answer:
    """The same, asked for with an original that says all that the text says and leaves out."""
    record = text.record
    source = "\n\n".join([record["rewritten_text"], *record["left_out"]])
    return text.asked(inputs=text.case.inputs | {"source_text": source})


def _adding(text: Answer, sentence: str) -> Answer | None:
    """The text, with its source, and a sentence at the end that the source does not hold."""
    if not _is_english(text):
        return None
    return _rewritten(_with_its_source(text), f"{text.record['rewritten_text']} {sentence}")


@breaks("text_fits_grade")
def a_scholar_s_text_takes_its_place(text: Answer) -> Answer | None:
    """Children up to grade 7 get what college students labor over."""
    if not _is_english(text) or text.record["grade"] == "11":
        return None
    return _rewritten(text, f"{_SCHOLARLY}\n\n{_SCHOLARLY}")


@breaks("text_fits_grade")
def one_paragraph_is_left_as_scholars_wrote_it(text: Answer) -> Answer | None:
    """The rest can be read, and this one paragraph loses every young reader."""
    if not _is_for_young_readers(text):
        return None
    return _rewritten(text, f"{text.record['rewritten_text']}\n\n{_SCHOLARLY}")


@breaks("text_fits_grade")
def each_paragraph_becomes_one_sentence(text: Answer) -> Answer | None:
    """Nobody up to grade 7 holds so long a sentence in mind."""
    if text.record["grade"] == "11":
        return None
    link = "and" if _is_english(text) else "y"
    words = text.record["rewritten_text"]
    return _rewritten(text, re.sub(r"[.!?] +(\w)", lambda found: f", {link} {found[1].lower()}", words))


@breaks("text_fits_grade")
def short_words_give_way_to_long_ones(text: Answer) -> Answer | None:
    """The sentences stay short, and young readers stumble over their words."""
    if text.record["grade"] not in {"K", "2"}:
        return None
    words = text.record["rewritten_text"]
    for short, long in _LONGER.items():
        words = re.sub(rf"\b{short}\b", long, words)
    return _rewritten(text, words)


@breaks("text_fits_grade")
def a_text_for_older_readers_goes_to_grade_2(text: Answer) -> Answer | None:
    """What was written for grade 7 and above is handed to small children as it is."""
    return text.showing(text.record | {"grade": "2"}) if text.record["grade"] in {"7", "11"} else None


@breaks("glossary_explains")
def a_word_is_explained_by_itself(text: Answer) -> Iterator[Answer]:
    """Whoever does not know it knows as little afterwards; each word in turn."""
    for place, entry in enumerate(text.record["glossary"]):
        yield _entry(text, place, definition=f"this is what {entry['term']} is called")


@breaks("glossary_explains")
def a_word_is_explained_that_nobody_meets(text: Answer) -> Answer:
    """It belongs to the subject, and does not stand in the text."""
    term, definition = _WORDS_ELSEWHERE[text.record["subject"]]
    return _entry(text, term=term, definition=definition)


@breaks("glossary_explains")
def two_definitions_are_mixed_up(text: Answer) -> Answer:
    """Each of two words gets what the other one means."""
    first, second, *_ = text.record["glossary"]
    return _entry(_entry(text, 0, definition=second["definition"]), 1, definition=first["definition"])


@breaks("glossary_explains")
def a_definition_says_nothing(text: Answer) -> Answer | None:
    """It only says that there is something to know."""
    if not _is_english(text):
        return None
    return _entry(text, definition="an important idea to remember from this lesson")


@breaks("glossary_explains")
def a_definition_is_harder_than_the_word(text: Answer) -> Answer | None:
    """Young readers would need a second glossary for it."""
    hard = _HARDER.get(text.record["glossary"][0]["term"])
    return _entry(text, definition=hard) if hard else None


@breaks("glossary_explains")
def two_words_are_explained_by_each_other(text: Answer) -> Answer | None:
    """A reader is sent from the one to the other and back."""
    if not _is_english(text):
        return None
    first, second, *_ = [entry["term"] for entry in text.record["glossary"]]
    sent = _entry(text, 0, definition=f"something that has to do with {second}")
    return _entry(sent, 1, definition=f"something that has to do with {first}")


@breaks("questions_from_the_text")
def evidence_is_made_up(text: Answer) -> Iterator[Answer]:
    """The words sound right and stand nowhere; each question in turn."""
    for place in range(len(text.record["questions"])):
        yield _question(text, place, evidence="This is shown by what people saw with their own eyes.")


@breaks("questions_from_the_text")
def evidence_is_a_place(text: Answer) -> Answer:
    """The reader is sent to a part of the text."""
    return _question(text, evidence="See the second half of the first part.")


@breaks("questions_from_the_text")
def evidence_is_the_answer_again(text: Answer) -> Iterator[Answer]:
    """It is told in other words where the text should be copied."""
    copied = set(_WORD.findall(text.record["rewritten_text"].lower()))
    for place, each in enumerate(text.record["questions"]):
        words = set(_WORD.findall(each["answer"].lower()))
        if len(words - copied) > 1:
            yield _question(text, place, evidence=each["answer"])


@breaks("questions_from_the_text")
def half_of_the_evidence_is_other_words(text: Answer) -> Iterator[Answer]:
    """It begins as the text does, and ends as it does not; each question in turn."""
    for place, each in enumerate(text.record["questions"]):
        words = each["evidence"].split()
        if len(words) > 5:
            copied = " ".join(words[: len(words) // 2])
            yield _question(text, place, evidence=f"{copied} and all that comes with it.")


@breaks("questions_from_the_text")
def the_text_does_not_answer_a_question(text: Answer) -> Answer | None:
    """The answer is known from elsewhere; the evidence is copied and has nothing to do with it."""
    question, answer = _BESIDE_THE_TEXT[text.name]
    return _question(text, question=question, answer=answer)


@breaks("questions_from_the_text")
def two_pieces_of_evidence_are_mixed_up(text: Answer) -> Answer:
    """Both stand in the text, and neither shows its answer."""
    first, second, *_ = [each["evidence"] for each in text.record["questions"]]
    return _question(_question(text, 0, evidence=second), 1, evidence=first)


@breaks("kept_to_the_text")
def a_year_is_put_in(text: Answer) -> Answer | None:
    """The original does not say when."""
    return _adding(text, "This was first written down in 1788.")


@breaks("kept_to_the_text")
def a_person_is_put_in(text: Answer) -> Answer | None:
    """The original names nobody like that."""
    return _adding(text, "We know this from the notebooks of Harold Whitcombe.")


@breaks("kept_to_the_text")
def a_number_of_the_text_is_changed(text: Answer) -> Iterator[Answer]:
    """A year or a measure is wrong by ten, each in turn."""
    words = text.record["rewritten_text"]
    for found in _NUMBER.finditer(words):
        changed = f"{words[: found.start()]}{int(found[0]) + 10}{words[found.end() :]}"
        yield _rewritten(_with_its_source(text), changed)


@breaks("kept_to_the_text")
def a_share_in_words_is_put_in(text: Answer) -> Answer | None:
    """The original gives no share at all."""
    return _adding(text, "Nine out of ten people have never heard of it.")


@breaks("kept_to_the_text")
def a_claim_without_a_number_is_put_in(text: Answer) -> Answer | None:
    """Nobody can find it in the original."""
    return _adding(text, "Experts now believe that most of this will soon come to an end.")


@breaks("kept_to_the_text")
def a_country_is_put_in(text: Answer) -> Answer | None:
    """The original says nothing of it."""
    return _adding(text, "People in Norway were the first to find this out.")
