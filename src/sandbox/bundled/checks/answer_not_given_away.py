"""Check: feedback leaves the answer to the student."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sandbox.bundled.reading.exact_numbers import Exact, Number, numbers_in
from sandbox.bundled.reading.passages import student_passages
from sandbox.bundled.reading.wording import (
    EDGE_MARKS,
    before,
    either,
    find_phrase,
    fold,
    is_question,
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
_RESULT = late_pattern(
    r"(?:=|\b(?:equals?|is|are|be|gets?|got|gives?|makes?|leaves?|total of|answer of|result of))"
    r"(?: (?:actually|only|exactly|really|just|indeed|now|about))?[ *_]*[$€£]? ?$",
    re.IGNORECASE,
)
"""What a number that is a result stands behind."""
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
_CONDITION = late_pattern(
    r"\b(?:if|whether|when|until|unless|suppose|imagine|check that|make sure)\b[^.!?]{0,60}$", re.IGNORECASE
)
_WRITE = "(?:write|say|revise|rewrite|rephrase|reword|change|replace|put|phrase|add|read|try|fix|use)"
_IT = "(?:it|this|that)"
_BETTER = (
    "(?:better|stronger|clearer|corrected|correct|revised|improved|new|possible|sample|model|complete)"
)
_LEADS_TO_WORDS = either(
    rf"you (?:could|can|might|should|may|would) (?:\w+ ){{0,2}}?{_WRITE}(?:ing)?\b[^:“\"«.!?]{{0,60}}",
    rf"(?:try to|try|please|instead,?|simply|just) (?:\w+ ){{0,2}}?{_WRITE}(?:ing)?\b[^:“\"«.!?]{{0,60}}",
    rf"(?:write|say|(?:rewrite|change|revise|replace) {_IT})(?: (?:as|to|like|with|by))?(?: this)?",
    rf"{_BETTER} (?:\w+ )?(?:version|sentence|opening|answer|paragraph|ending|way to (?:say|write) {_IT})"
    r"(?: (?:is|would be|could be|might be))?",
    rf"for example(?: you (?:could|can|might) {_WRITE})?",
    r"like this",
    r"it (?:should|could|would) (?:say|read)",
    r"here is (?:a|one|how)[^:.!?]{0,40}",
)
_REWRITE = late_pattern(
    rf"\b{_LEADS_TO_WORDS}(?:\s*:\s*[“\"«'‘]?|,?\s*[“\"«]|\s[‘'])(?=.)", re.IGNORECASE | re.DOTALL
)
"""What leads to a sentence that the student could copy."""
_LEADS_ON = late_pattern(r"[:“\"«]|\s[‘']")
"""Without one of these marks nothing leads to such a sentence."""
_CLOSING = late_pattern(r"[”\"»]|['’](?!\w)|\n")
_FRAME = late_pattern(r"_{2,}|…|\.{3}|\[[^\]]*\]|\(\s*\)")
_LONG_REWRITE = 12
_LONGEST_REWRITE = 1000
"""So many characters are looked at behind what leads to them."""
_NUMBERS_OF_A_CALCULATION = 2
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

    text: str
    folded: str
    amounts: frozenset[Exact]

    @classmethod
    def of(cls, text: str) -> "_Given":
        return cls(text, fold(text), frozenset().union(*(number.amounts for number in numbers_in(text))))


@dataclass(frozen=True, slots=True)
class _Key:
    """What the student is to find out: a number, or words; words that the case gave give nothing away."""

    words: str
    number: Number | None

    def is_said_in(self, sentence: str, given: _Given) -> bool:
        """Whether a sentence gives it away."""
        if self.number is None:
            return bool(find_phrase(self.words, sentence))
        return any(
            number.equals(self.number) and _counts(number, before(number.start, sentence), given)
            for number in numbers_in(sentence)
        )


def _counts(number: Number, led_by: str, given: _Given) -> bool:
    if not given.amounts.isdisjoint(number.amounts):
        return _RESULT.search(led_by) is not None
    return not led_by or led_by.casefold().rstrip().rpartition(" ")[2].lstrip("(") not in _PLACES


def _keys(subject: Subject) -> Iterator[_Key]:
    """What the case's key asks for, as far as the case does not say it itself."""
    for words in subject.case.answer_key:
        number = _number_meant(words)
        if words.strip() and (number is not None or not find_phrase(words, subject.given)):
            yield _Key(words, number)


def _run(subject: Subject) -> Judgement:
    work = fold(subject.input_text("student_work"))
    passages = [
        Passage(passage.path, without_quotes(passage.text, of=work))
        for passage in student_passages(subject)
        if passage.text.strip()
    ]
    if not passages:
        return not_applicable("There is nothing that is said to a student.")
    given, keys = _Given.of(subject.given), tuple(_keys(subject))
    found = [evidence for passage in passages for evidence in _given_away(passage, keys, given)]
    if found:
        words = "; ".join(f"'{evidence.quote}'" for evidence in found[:3])
        return failed(f"The student is told what was to be found out: {words}.", *found)
    if any(words.strip() for words in subject.case.answer_key):
        return passed("What the student is to find out is not said.")
    known = {number.value for number in numbers_in(given.text)}
    if len(numbers_in(work)) < _NUMBERS_OF_A_CALCULATION:
        results = []
    else:
        results = [evidence for passage in passages for evidence in _new_results(passage, known)]
    if results:
        words = "; ".join(f"'{evidence.quote}'" for evidence in results[:3])
        return warned(
            f"A result is told that the student had not found; the case has no key: {words}.", *results
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
    if rewrite := _rewrite(passage.text, given):
        yield Evidence(quote=rewrite, where=passage.path)
    lower = passage.text.casefold()
    may_say_it = any(noun in lower for noun in _NOUNS_OF_ANSWERS)
    for sentence in sentences(passage.text):
        asks = is_question(sentence)
        if may_say_it and not asks and (said := _answer_said(sentence)):
            yield Evidence(quote=said, where=passage.path)
        elif any(key.is_said_in(sentence, given) for key in keys if not (asks and key.number)):
            yield Evidence(quote=sentence, where=passage.path)


def _new_results(passage: Passage, known: set[Exact]) -> Iterator[Evidence]:
    """Sentences that tell a result which nobody gave."""
    for sentence in sentences(passage.text):
        if not is_question(sentence) and any(
            number.value not in known and _RESULT.search(before(number.start, sentence))
            for number in numbers_in(sentence)
        ):
            yield Evidence(quote=sentence, where=passage.path)


def _answer_said(sentence: str) -> str:
    """The words that say what the answer is."""
    for found in _SAYS_IT.finditer(sentence):
        what, led_by = found["what"], before(found.start(), sentence)
        said = _STUDENTS_ANSWER.match(found[0]) or _STUDENT_SAID.search(led_by) or _CONDITION.search(led_by)
        if not said and (words := _WORD.findall(what.casefold())) and words[0] not in _SAYS_NOTHING:
            return found[0].strip()
    return ""


def _rewrite(text: str, given: _Given) -> str:
    """A sentence of twelve words or more that the student could copy, or how it begins."""
    if not _LEADS_ON.search(text):
        return ""
    start = 0
    while found := _REWRITE.search(text, start):
        start = found.end()
        words = _CLOSING.split(text[start : start + _LONGEST_REWRITE], maxsplit=1)[0].strip()
        if (
            len(words.split()) >= _LONG_REWRITE
            and not _FRAME.search(words)
            and fold(words).strip(EDGE_MARKS) not in given.folded
        ):
            return words
    return ""


CHECK = Check(
    name="answer_not_given_away",
    version="1.0.1",
    title="Leaves the answer to the student",
    why="A student who is handed the answer copies it and learns nothing from the mistake.",
    how=(
        "Outside questions and outside quotes from the work, the words to the student may not hold a "
        "number of the case's answer key, nor, anywhere, its other phrases; nor 'the answer is ...', nor "
        f"a sentence of {_LONG_REWRITE} words or more to copy. A number that the task or the work holds "
        "counts only where it is told as a result. Without a key, a new result is a warning."
    ),
    mend=(
        "Say that the answer and corrected sentences stay out, and ask for a hint or a question that "
        "leads there."
    ),
    source="Maurya and others (2025), Unifying AI Tutor Evaluation (MRBench), 'Revealing of the answer'.",
    run=_run,
    is_quick=True,
    artifacts=("feedback",),
    needs_artifact=False,
    limits=(
        "An answer in other words than the key's is not found, nor one hidden in a question. Number words "
        "count only if the key lists them."
    ),
)
