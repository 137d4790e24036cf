"""Check: what a student is told leaves the answer to the student."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sandbox.bundled.reading.asked_words import (
    asks_for_a_number,
    last_question,
    says_asked_words,
)
from sandbox.bundled.reading.exact_numbers import Exact, Number, numbers_in
from sandbox.bundled.reading.passages import (
    known_to_the_student,
    student_passages,
    words_of_the_student,
)
from sandbox.bundled.reading.rewrites import LONG_REWRITE, rewrite_in
from sandbox.bundled.reading.spoken_numbers import spoken_numbers_in
from sandbox.bundled.reading.statements import stated_in, statements
from sandbox.bundled.reading.told_results import (
    has_equation,
    is_only_named,
    is_part_of_calculation,
    is_told_as_result,
    is_told_instead,
    is_worked_out,
    results_told,
)
from sandbox.bundled.reading.wording import (
    before,
    find_phrase,
    fold,
    sentences,
    tidy,
    without_quotes,
    word_set,
)
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence
from sandbox.domain.passages import Passage

_PLACES = word_set(
    "step line paragraph problem question part number page example grade chapter exercise item task section"
    " sentence no. # row column criterion"
)
"""What a number that only names a place stands behind."""
_ANSWER = "(?:answer|result|solution)"
_SAYS_IT = late_pattern(
    r"\b(?:the |your |a )?"
    rf"(?:(?:correct|right|final|actual|true) (?:\w+ )?(?:{_ANSWER}|response|value|sum|product|total)"
    rf"|{_ANSWER})"
    r"(?: here| to (?:this|the)[\w ]{0,30})?"
    r" (?:is|was|should be|would be|must be|equals)(?: actually| really)?(?: that)? *[:=]? *"
    r"(?P<what>[^.!?;\n]{1,80})",
    re.IGNORECASE,
)
_NOUNS_OF_ANSWERS = ("answer", "result", "solution", "response", "value", "sum", "product", "total")
"""Without one of these nobody says what the answer is; asking for them first spares most texts the rest."""
_SAYS_NOTHING = word_set(
    "not in on at near close almost nearly correct right wrong incorrect reasonable there missing hidden"
    " still yet too very clear unclear more less about what whether where how why quite good great well so"
    " only off larger smaller bigger greater lower higher between supported complete incomplete based"
    " written easy hard important strong short long likely true false sensible possible given a one up"
)
"""Words behind 'the answer is' that tell something about it, and not what it is."""
_STUDENTS_ANSWER = late_pattern(r"your .* (?:is|was)\b", re.IGNORECASE)
_STUDENT_SAID = late_pattern(
    r"\byou(?: say| said| wrote| think| thought| found| got| have| show| claim)\b[^.!?]{0,40}$",
    re.IGNORECASE,
)
_STUDENT_DID = late_pattern(
    r"\byou (?:\w+ )?(?:say|said|wrote|think|thought|found|got|have|had|show|claim|calculated|added"
    r"|subtracted|multiplied|divided|counted|worked out|figured out|came up)\b[^.!?,;]{0,60}$",
    re.IGNORECASE,
)
"""What leads to a number that the student had already."""
_CONDITION = late_pattern(
    r"\b(?:if|whether|when|until|unless|suppose|imagine|check that|make sure)\b[^.!?]{0,60}$", re.IGNORECASE
)
_NUMBERS_OF_A_CALCULATION = 2
_COUNTS_THINGS = late_pattern(r"\bthere(?: are|['’]re| is|['’]s)\b[^.!?]{0,15}$", re.IGNORECASE)
_UNITS = word_set(
    "square cubic sq mm cm m km in inch inches ft feet foot yd yard yards mile miles mi meter meters metre"
    " metres g gram grams kg kilogram kilograms oz ounce ounces lb lbs pound pounds ml l liter liters litre"
    " litres s second seconds min minute minutes h hour hours day days dollar dollars cent cents degree"
    " degrees percent unit units"
)
_WORD = late_pattern(r"\w+")
_UNKNOWN = late_pattern(r"^[a-zA-Z]\s*=\s*")


@dataclass(frozen=True, slots=True)
class _Given:
    """What the case gave: a number that stands there counts only where it is told as a result."""

    folded: str
    amounts: frozenset[Exact]
    results: frozenset[Exact]
    """The numbers that stand there as results, so that saying them again tells nothing new."""
    question: str
    """What the tutor of a dialogue asked last, or else the task."""
    asked_with: frozenset[Exact]
    """The numbers that the question names."""
    is_answered_by_number: bool
    """Whether a number that is said next to the student answers what a tutor asked last."""
    words: frozenset[str]

    @classmethod
    def of(cls, subject: Subject) -> "_Given":
        text = known_to_the_student(subject)
        folded = fold(text)
        numbers = (*numbers_in(text), *spoken_numbers_in(text))
        amounts = frozenset().union(*(number.amounts for number in numbers))
        asked = last_question(words_of_the_student(subject))
        question = asked or fold(subject.input_text("task"))
        return cls(
            folded=folded,
            amounts=amounts,
            results=results_told(text),
            question=question,
            asked_with=frozenset(number.value for number in numbers_in(question)),
            is_answered_by_number=asks_for_a_number(asked),
            words=frozenset(_WORD.findall(folded)),
        )

    def holds(self, number: Number) -> bool:
        """Whether the number stands there."""
        return not self.amounts.isdisjoint(number.amounts)


@dataclass(frozen=True, slots=True)
class _Key:
    """What the student is to find out: a number, or words; words that the case gave give nothing away."""

    words: str
    number: Number | None

    def is_said_in(self, sentence: str, given: _Given) -> bool:
        """Whether a sentence gives it away."""
        if self.number is None:
            return bool(find_phrase(self.words, sentence))
        stated = stated_in(sentence)
        return any(
            number.equals(self.number) and _counts(number, stated, given) for number in numbers_in(stated)
        )


def _counts(number: Number, stated: str, given: _Given) -> bool:
    led_by = before(number.start, stated)
    if is_part_of_calculation(number, stated):
        return False
    if not given.holds(number):
        return not led_by or led_by.casefold().rstrip().rpartition(" ")[2].lstrip("(") not in _PLACES
    if _STUDENT_DID.search(led_by):
        return False
    return is_told_as_result(number, stated) or is_told_instead(number, stated)


def _keys(subject: Subject, known: str) -> Iterator[_Key]:
    """What the case's key asks for, as far as the student does not know it."""
    for words in subject.case.answer_key:
        number = _number_meant(words)
        if words.strip() and (number is not None or not find_phrase(words, known)):
            yield _Key(words, number)


def _run(subject: Subject) -> Judgement:
    work = fold(words_of_the_student(subject))
    passages = [
        Passage(passage.path, without_quotes(passage.text, of=work))
        for passage in student_passages(subject)
        if passage.text.strip()
    ]
    if not passages:
        return not_applicable("There is nothing that is said to a student.")
    given, keys = _Given.of(subject), tuple(_keys(subject, known_to_the_student(subject)))
    found = [evidence for passage in passages for evidence in _given_away(passage, keys, given)]
    if found:
        words = "; ".join(f"'{evidence.quote}'" for evidence in found[:3])
        return failed(f"The student is told what was to be found out: {words}.", *found)
    if any(words.strip() for words in subject.case.answer_key):
        return passed("What the student is to find out is not said.")
    calculates = given.is_answered_by_number or len(numbers_in(work)) >= _NUMBERS_OF_A_CALCULATION
    results = [
        Evidence(quote=stated, where=passage.path)
        for passage in passages
        for stated in statements(passage.text)
        if (calculates and _tells_a_result(stated, given))
        or says_asked_words(stated, given.question, given.words)
    ]
    if results:
        words = "; ".join(f"'{evidence.quote}'" for evidence in results[:3])
        return warned(
            f"Something is told that the student had not found; the case has no key: {words}.", *results
        )
    return passed("No answer is told and no work rewritten. The case has no key to look for.")


@lru_cache(maxsize=64)  # a case is tried several times
def _number_meant(words: str) -> Number | None:
    """The number that a phrase is; None if it says more than a number and its unit."""
    bare = _UNKNOWN.sub("", tidy(words))
    number = next(iter(numbers_in(bare)), None)
    if number is None:
        return None
    around = f"{bare[: number.start]} {bare[number.end :]}".casefold()
    return number if _UNITS.issuperset(re.findall(r"[^\W\d]+|\d+", around)) else None


def _given_away(passage: Passage, keys: Sequence[_Key], given: _Given) -> Iterator[Evidence]:
    if rewrite := rewrite_in(passage.text, given=given.folded):
        yield Evidence(quote=rewrite, where=passage.path)
    lower = passage.text.casefold()
    may_say_it = any(noun in lower for noun in _NOUNS_OF_ANSWERS)
    for sentence in sentences(passage.text):
        if may_say_it and (said := _answer_said(stated_in(sentence))):
            yield Evidence(quote=said, where=passage.path)
        elif any(key.is_said_in(sentence, given) for key in keys):
            yield Evidence(quote=sentence, where=passage.path)


def _tells_a_result(stated: str, given: _Given) -> bool:
    """Whether a statement tells a result that nobody gave, or works out what nobody had worked out."""
    numbers = numbers_in(stated)
    if any(not given.holds(number) for number in numbers) and has_equation(stated):
        return True
    return any(
        _is_known_result(number, stated, given) if given.holds(number) else _is_news(number, stated, given)
        for number in (*numbers, *spoken_numbers_in(stated))
    )


def _is_known_result(number: Number, stated: str, given: _Given) -> bool:
    """Whether a number that was given is worked out as a result, which it was not before."""
    if number.value in given.results or _STUDENT_DID.search(before(number.start, stated)):
        return False
    if is_worked_out(number, stated):
        return True
    return is_told_instead(number, stated) and number.value not in given.asked_with


def _is_news(number: Number, stated: str, given: _Given) -> bool:
    """Whether a number that nobody gave is told as a result, or answers what was just asked."""
    led_by = before(number.start, stated)
    if _COUNTS_THINGS.search(led_by):
        return False
    if is_told_as_result(number, stated) or is_told_instead(number, stated):
        return True
    return given.is_answered_by_number and not (
        stated[number.start].isalpha()  # two or three of something are counted in most hints
        or is_only_named(number, stated)
        or is_part_of_calculation(number, stated)
        or _STUDENT_DID.search(led_by)
        or led_by.casefold().rstrip().rpartition(" ")[2] in _PLACES
    )


def _answer_said(sentence: str) -> str:
    """The words that say what the answer is."""
    for found in _SAYS_IT.finditer(sentence):
        what, led_by = found["what"], before(found.start(), sentence)
        said = _STUDENTS_ANSWER.match(found[0]) or _STUDENT_SAID.search(led_by) or _CONDITION.search(led_by)
        if not said and (words := _WORD.findall(what.casefold())) and words[0] not in _SAYS_NOTHING:
            return found[0].strip()
    return ""


CHECK = Check(
    name="answer_not_given_away",
    version="1.1.0",
    title="Leaves the answer to the student",
    why="A student who is handed the answer copies it and learns nothing from the mistake.",
    how=(
        "Outside questions and outside quotes from the work, the words to the student may not hold a "
        "number of the case's answer key, nor, anywhere, its other phrases; nor 'the answer is ...', nor "
        f"a sentence of {LONG_REWRITE} words or more to copy. A number that the task or the work holds "
        "counts only where it is told as a result, or in place of another ('24, not 20'). Without a key "
        "it is a warning if a result is told that nobody had found, if a new number follows a tutor's "
        "question for one, or if the name is told that was asked for."
    ),
    mend=(
        "Say that the answer and corrected sentences stay out, and ask for a hint or a question that "
        "leads there."
    ),
    source="Maurya and others (2025), Unifying AI Tutor Evaluation (MRBench), 'Revealing of the answer'.",
    run=_run,
    is_quick=True,
    artifacts=("feedback", "tutor_turn"),
    needs_artifact=False,
    limits=(
        "An answer in other words than the key's is not found, nor one hidden in a true question. Number "
        "words count only if the key lists them, or where no key is known; there a hint with a new number "
        "may be taken for the answer."
    ),
)
