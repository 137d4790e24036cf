"""What a text of a lesson is about: the stems of its words and of its signs, in English and in Spanish."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from sandbox.bundled.reading.content_words import WORD, stem_of
from sandbox.bundled.reading.wording import fold, is_english, word_set
from sandbox.contracts.check import Subject
from sandbox.contracts.late import late_pattern

_SAY_LITTLE = word_set("""
    a about after again all alone along aloud already also an and another any anything are as ask asked
    asks at away back be because been before being below best better between both but by can cannot
    class could day did different do does doing done down draw drawing each either else end even every
    everyone example exit explain explains few find finds finish first five for four from get gets give
    given gives go goes good group had has have he her here him his hold how i if in into is it its
    itself just know last learn learned lesson let like list little look looks made make makes many may
    me mean means minute minutes more most much must my name   never new next no none not
    nothing now of off on once one only or other others our out over own page pair pairs part partner
    partners people please point put question questions quick really right s same say says second see
    seven share she should show shows six so some someone something start step steps still student
    students sure take takes task tell tells ten than that the their them then there these they thing
    things think third this those three through ticket to today together too try turn two under
    understand until up us use used uses using very  was way we well were what when where which
    while who whom whose why will with without won word words work would write writes writing wrong yes
    yesterday yet you your yours answer answers board boards correct teacher whiteboard
""")
_SAY_LITTLE_IN_SPANISH = word_set("""
    a al algo alguien algun alguna algunos ahora antes asi aun aunque bien cada como con contra cosa
    cosas cual cuales cuando cuanto de del desde despues dia donde dos e el ella ellas ellos en entre
    era es esa ese eso esta estan estar estas este esto estos explica explicar explican fue ha hace
    hacer hacia hasta hay hoy la las le les lo los mas me mi mis mucho muy nada ni no nombra nombre nos
    nosotros nuestro o otra otro otros palabra para pero por porque pregunta pregunta primero puede
    pueden puedo que quien respuesta se sea segun ser si siempre sin sobre solo son su sus tal tambien
    te ti tiene tienen todo todos tres tu tus un una unas uno unos usa usar va van ver vez y ya yo
    dibuja dibujar dibujo dibujan escribe escriben escribir muestra mostrar clase estudiante estudiantes
    alumno alumnos maestra maestro leccion salida pareja parejas
""")
_SPANISH_ENDINGS = (
    "aciones", "iciones", "amiento", "imiento", "adores", "adoras", "acion", "icion", "antes", "ancia",
    "mente", "iendo", "ieron", "ciones", "ador", "adora", "ando", "aron", "ados", "adas", "idos", "idas",
    "cion", "ado", "ada", "ido", "ida", "ian", "aba", "ar", "er", "ir", "an", "en", "as", "os", "es", "a",
    "o", "e", "s",
)  # fmt: skip
_SHORTEST_STEM = 4

_KIN = {
    stem_of(form): stem_of(word)
    for word, forms in {
        "multiply": "multiplication multiplied multiplicative product times",
        "divide": "division divided quotient",
        "explain": "explanation",
        "describe": "description",
        "decide": "decision",
        "conclude": "conclusion",
        "compare": "comparison",
        "add": "addition sum plus",
        "subtract": "subtraction difference minus",
        "half": "halves",
        "leaf": "leaves",
        "text": "passage paragraph story article poem book chapter excerpt fable myth",
        "argue": "argument",
        "solve": "solution",
        "percent": "percentage",
        "observe": "observation",
        "produce": "production producer",
    }.items()
    for form in forms.split()
}
_SIGNS = {
    "+": "add",
    "×": "multiply",
    "÷": "divide",
    "=": "equation equal",
    "%": "percent",
    "$": "money price cost",
    "°": "angle temperature degree",
    "<": "compare",
    ">": "compare",
    "√": "root",
    "²": "square exponent power",
    "³": "cube exponent power",
}
_SIGN_STEMS = {
    sign: frozenset(_KIN.get(stem, stem) for stem in map(stem_of, words.split()))
    for sign, words in _SIGNS.items()
}
_FRACTION = late_pattern(r"\d\s?/\s?\d|\\d?frac\b|[½⅓⅔¼¾⅛]")
_SUBTRACTION = late_pattern(r"[\da-z)]\s?[-−–]\s?\d")
_DECIMAL = late_pattern(r"\d\.\d")
_OF_FRACTIONS = frozenset(map(stem_of, ("fraction", "equivalent", "denominator", "numerator")))
_OF_NUMBERS = frozenset(
    map(
        stem_of,
        [
            "number",
            "digit",
            "problem",
            "calculate",
            "count",
            "value",
            "amount",
            "numeral",
            "compute",
            "quantity",
            "arithmetic",
            "estimate",
        ],
    )
)


def knows_words(subject: Subject) -> bool:
    """Whether the answer should be in a language whose words can be compared."""
    return is_english(subject) or is_spanish(subject)


def is_spanish(subject: Subject) -> bool:
    """Whether the answer should be in Spanish."""
    language = subject.audience.language.strip().casefold()
    return language.partition("-")[0].partition("_")[0] in {"es", "spa", "spanish", "español"}


@lru_cache(maxsize=512)
def topic_stems(text: str, *, spanish: bool = False) -> frozenset[str]:
    """The stems of the words that say what a text is about."""
    if spanish:
        plain = (_without_accents(word) for word in WORD.findall(fold(text)))
        return frozenset(
            _spanish_stem(word) for word in plain if word not in _SAY_LITTLE_IN_SPANISH and len(word) > 2
        )
    words = (word for word in WORD.findall(fold(text)) if len(word) > 1 and word not in _SAY_LITTLE)
    return frozenset(map(_stem, words))


@lru_cache(maxsize=512)
def sign_stems(text: str) -> frozenset[str]:
    """The stems of the words for what a text says in signs: adding for +, a fraction for 2/3."""
    found: set[str] = set()
    for sign, stems in _SIGN_STEMS.items():
        if sign in text:
            found |= stems
    if any(character.isdecimal() for character in text):
        found |= _OF_NUMBERS
        folded = fold(text)
        if _FRACTION.search(folded):
            found |= _OF_FRACTIONS
        if _SUBTRACTION.search(folded):
            found.add(stem_of("subtract"))
        if _DECIMAL.search(folded):
            found.add(stem_of("decimal"))
    return frozenset(found)


def all_stems(texts: Iterable[str], *, spanish: bool = False) -> frozenset[str]:
    """The stems of several texts together."""
    return frozenset().union(*(topic_stems(text, spanish=spanish) for text in texts))


def is_about(text: str, stems: frozenset[str], *, spanish: bool = False) -> bool:
    """Whether a text shares a word, or what a sign stands for, with these stems."""
    return not (
        topic_stems(text, spanish=spanish).isdisjoint(stems)
        and (spanish or sign_stems(text).isdisjoint(stems))
    )


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    stem = stem_of(word)
    return "planet" if word in {"planet", "planets"} else _KIN.get(stem, stem)  # no kin of a plan or plant


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )


@lru_cache(maxsize=4096)
def _spanish_stem(word: str) -> str:
    for ending in _SPANISH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word.removesuffix("s") if len(word) > _SHORTEST_STEM else word
