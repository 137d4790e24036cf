"""The roster guard: what it must take out, what it must leave alone, and what always holds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.bundled.guards.roster import GUARD
from sandbox.contracts.guard import GuardAction, GuardDecision, Outgoing
from sandbox.pipeline.guarding import restore_text

ROSTER = (
    "María José García",
    "Sean O'Brien",
    "Nguyễn, Minh",
    "Omar Al-Sayed",
    "Anne-Marie van der Berg",
    "Will Lee",
    "Grace May",
    "Maria Lopez (she/her)",
    "Jürgen Müller",
    "王小明",
    "Juan de la Cruz",
    "Annabel McDonald",
    "Rosa Chen",
    "Khanh Do",
)


def inspect(*texts: str, roster: tuple[str, ...] = ROSTER) -> GuardDecision:
    """What the guard decides on some texts."""
    named = {f"text {number}": text for number, text in enumerate(texts)}
    return GUARD.guard.inspect(Outgoing(texts=named, roster=roster))


def left(text: str, roster: tuple[str, ...] = ROSTER) -> str:
    """What the guard leaves of one text."""
    return inspect(text, roster=roster).texts["text 0"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sean O'Brien wrote this.", "[STUDENT_1] wrote this."),
        ("O’Brien's essay", "[STUDENT_1]'s essay"),
        ("obrien and OBRIEN", "[STUDENT_1] and [STUDENT_1]"),
        ("Ask O'Brien, Sean", "Ask [STUDENT_1]"),
        ("S. O'Brien", "[STUDENT_1]"),
        ("Sean O. said", "[STUDENT_1]. said"),
        ("Mr. O'Brien called", "Mr. [STUDENT_1] called"),
        ("the O'Briens", "the [STUDENT_1]s"),
        ("María José García", "[STUDENT_1]"),
        ("maria jose garcia", "[STUDENT_1]"),
        ("MARÍA GARCÍA", "[STUDENT_1]"),
        ("Jose\u0301 ran", "[STUDENT_1] ran"),
        ("maria_lopez", "[STUDENT_1]"),
        ("MariaLopez2031", "[STUDENT_1]2031"),
        ("maria.lopez@example.org", "[STUDENT_1]@example.org"),
        ("mlopez@example.org", "[STUDENT_1]@example.org"),
        ("Maria\u00a0Lopez", "[STUDENT_1]"),
        ("M\u200ba\u200br\u200bi\u200ba Lopez", "[STUDENT_1]"),
        ("Maria\nLopez", "[STUDENT_1]"),
        ("Nguyen's turn", "[STUDENT_1]'s turn"),
        ("Minh Nguyễn", "[STUDENT_1]"),
        ("Al-Sayed, Omar", "[STUDENT_1]"),
        ("Alsayed and Sayed", "[STUDENT_1] and [STUDENT_1]"),
        ("Anne Marie, AnneMarie", "[STUDENT_1], [STUDENT_1]"),
        ("Anne and Ms. van der Berg", "[STUDENT_1] and Ms. [STUDENT_1]"),
        ("Vanderberg", "[STUDENT_1]"),
        ("When Will came", "When [STUDENT_1] came"),
        ("will lee came", "[STUDENT_1] came"),
        ("will_lee and will_92", "[STUDENT_1] and [STUDENT_1]_92"),
        ("Grace said so to May", "[STUDENT_1] said so to [STUDENT_1]"),
        ("Mueller, Muller and Müller", "[STUDENT_1], [STUDENT_1] and [STUDENT_1]"),
        ("我和王小明，小明说", "我和[STUDENT_1]，[STUDENT_1]说"),
        ("Juan dela Cruz", "[STUDENT_1]"),
        ("de la Cruz", "[STUDENT_1]"),
        ("Mc-Donald", "[STUDENT_1]"),
        ("Ask Do, or Ms. Do. Do's dog", "Ask [STUDENT_1], or Ms. [STUDENT_1]. [STUDENT_1]'s dog"),
        ("Khanh Do did", "[STUDENT_1] did"),
        ("Rosa sat beside Parks", "[STUDENT_1] sat beside Parks"),
    ],
)
def test_a_name_never_leaves(text: str, expected: str) -> None:
    """Each spelling of a name on the roster becomes the student's placeholder."""
    assert left(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "You will see that it may rain.",
        "They said grace before the meal.",
        "Do not give the answer. Do explain it.",
        "Rosa Parks stayed in her seat.",
        "On May 8, 1945, the war in Europe ended.",
        "It was 8 May 1945.",
        "In May 1945 it ended.",
        "[STUDENT_1] wrote this, and [STUDENT_12] that.",
        "Marian and Mariano live in Marialand.",
        "The bergamot is ripe.",
        "Cruzeiro was a currency.",
        "This graceful mayor.",
        "Anneliese met Mariella.",
        "Solve 3x + 4 = 19, then check.",
        "willpower and goodwill",
        "juanita and juno",
        "We say van or truck.",
        "La casa de la playa.",
        "O say can you see",
        "An omen: the séance began.",
        "Chenille feels soft.",
        "A leeward wind blew.",
        "They mulled it over.",
        "The word 'grand' means big.",
        "",
        "   \n\t",
    ],
)
def test_what_is_no_name_is_left_alone(text: str) -> None:
    """Words, months, people of history and longer words that begin like a name may leave."""
    decision = inspect(text)

    assert decision.action is GuardAction.ALLOW
    assert decision.texts == {"text 0": text}


def test_a_student_has_one_placeholder_in_all_texts() -> None:
    """Whatever the spelling and wherever it stands, a student is the same placeholder."""
    decision = inspect("Omar asked Sean.", "O'Brien answered Al-Sayed.")

    assert list(decision.texts.values()) == [
        "[STUDENT_1] asked [STUDENT_2].",
        "[STUDENT_2] answered [STUDENT_1].",
    ]
    assert decision.replaced == {"[STUDENT_1]": "Omar", "[STUDENT_2]": "Sean"}
    assert decision.reason == "2 names were taken out."


def test_a_shared_first_name_has_a_placeholder_of_its_own() -> None:
    """Nobody can tell which Maria is meant, so it is neither; the full names are still told apart."""
    decision = inspect("Maria, Maria Lopez, Maria García, Maria L.")

    assert decision.texts["text 0"] == "[STUDENT_1], [STUDENT_2], [STUDENT_3], [STUDENT_2]."


def test_placeholders_in_the_text_are_not_given_again() -> None:
    """A number that the text holds already, in any spelling, is passed over."""
    assert left("[STUDENT_1], student_2 and Omar") == "[STUDENT_1], student_2 and [STUDENT_3]"


def test_a_student_called_student_does_not_break_placeholders() -> None:
    """Words inside placeholders are no names."""
    assert left("[STUDENT_1] and Test Student", ("Test Student",)) == "[STUDENT_1] and [STUDENT_2]"


def test_a_student_named_like_somebody_from_history_is_taken_out() -> None:
    """A full name that stands on the roster is a student's, however famous."""
    assert left("Rosa Parks wrote this.", ("Rosa Parks",)) == "[STUDENT_1] wrote this."
    assert (
        left("Rosa Parks wrote this.", ("Rosa Chen", "Tim Parks")) == "[STUDENT_1] [STUDENT_2] wrote this."
    )


@pytest.mark.parametrize("roster", [(), ("",), ("  ", "X", "A.", "(she/her)", "12", "a@example.org")])
def test_entries_without_a_name_are_passed_over(roster: tuple[str, ...]) -> None:
    """An empty or one-letter entry takes nothing out, and the reason says that there was no roster."""
    decision = inspect("A student had 12 apples.", roster=roster)

    assert decision.action is GuardAction.ALLOW
    assert decision.reason == "There is no roster, so no name was looked for."


def test_duplicates_on_the_roster_are_one_student() -> None:
    """The same entry twice does not make the first name ambiguous."""
    assert left("Omar and Omar Ali", ("Omar Ali", "omar ali", "Omar Ali")) == "[STUDENT_1] and [STUDENT_1]"


def test_the_reason_and_the_decision_quote_nothing() -> None:
    """Neither the reason nor the printed decision holds a name, apart from the texts that may leave."""
    decision = inspect("Omar Al-Sayed is here.")

    assert "Omar" not in repr(decision)


NAMES = (
    "Beatriz",
    "Zoë",
    "Tomáš",
    "Kowalczyk",
    "Öztürk",
    "Adébáyò",
    "D'Souza",
    "Quispe",
    "Jean-Luc",
    "Phạm",
    "Šimić",
)
HOSTS = (
    "{} is here.",
    "Well done, {}!",
    "I saw ({}) there",
    "“{}” and 12 others",
    "{}’s book",
    "the\n{}\nlist",
    "x: {}; y",
)


@st.composite
def spelled_names(draw: st.DrawFn) -> tuple[str, tuple[str, str]]:
    """A name as somebody may write it, with the first and the family name that stand on the roster."""
    first, last = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True))
    shape = draw(
        st.sampled_from(
            (
                "{f} {l}",
                "{f}",
                "{l}",
                "{l}, {f}",
                "{i}. {l}",
                "{f} {j}.",
                "Ms. {l}",
                "{f}_{l}",
                "{f}.{l}@example.org",
                "{f}{l}",
                "{l}s",
                "{f}\u00a0{l}",
                "{f}-{l}",
                "{l} {f}",
                "@{f}",
                "{f}2031",
            )
        )
    )
    spelled = shape.format(f=first, l=last, i=first[0], j=last[0])
    spelled = draw(st.sampled_from((str, str.lower, str.upper)))(spelled)
    spelled = unicodedata.normalize(draw(st.sampled_from(("NFC", "NFD"))), spelled)
    if draw(st.booleans()):
        spelled = plain(spelled)
    if draw(st.booleans()):
        spelled = spelled.replace("'", draw(st.sampled_from(("’", "ʼ", "'"))))
    if draw(st.booleans()):
        spelled = draw(st.sampled_from(("\u200b", "\u00ad", "\u2060"))).join(spelled)
    return spelled, (first, last)


def plain(text: str) -> str:
    """The letters of a text without accents, by another way than the guard's."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)
    )


def letters(text: str) -> str:
    """The bare letters of a text in small type."""
    return "".join(letter for letter in plain(text).lower() if letter.isalpha())


@given(spelled_names(), st.sampled_from(HOSTS))
def test_no_spelling_of_a_name_gets_out(spelled: tuple[str, tuple[str, str]], host: str) -> None:
    """In whatever spelling that the guard claims to know, no name of the roster is left in the text."""
    written, (first, last) = spelled

    result = letters(left(host.format(written), (f"{first} {last}",)))

    assert letters(first) not in result
    assert letters(last) not in result


@given(spelled_names(), st.sampled_from(HOSTS))
def test_a_redaction_can_be_undone(spelled: tuple[str, tuple[str, str]], host: str) -> None:
    """Putting back what was taken out gives the text as it was written."""
    written, (first, last) = spelled
    text = host.format(written)

    decision = inspect(text, roster=(f"{first} {last}",))

    assert restore_text(decision.texts["text 0"], decision.replaced) == text


PIECES = (
    "María|garcia|O'Brien|brien|Do|do|Will|will|Lee|May|van|der|Berg|Anne|Marie|Rosa|Parks|小明|S|s|_|5|1945|"
    "Ms. |[STUDENT_1]|student_2|'|-|.|, | |\n|@|[|]|\u200b|\u0301"
)
FRAGMENTS = PIECES.split("|")


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join))
def test_looking_twice_finds_nothing_more(text: str) -> None:
    """What the guard leaves, it leaves alone the second time."""
    assert inspect(left(text)).action is GuardAction.ALLOW


@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_text_and_any_roster_can_be_read(text: str, roster: list[str]) -> None:
    """No text and no roster makes the guard fail, and what it left can be restored."""
    decision = inspect(text, roster=tuple(roster))

    assert inspect(decision.texts["text 0"], roster=tuple(roster)).action is GuardAction.ALLOW
