"""What a YAML parser complains of, in words for people who are not programmers."""

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from sandbox.storage.positions import Flaw, Position

_INDENTATION = (
    "This line does not fit in with the lines above: look at how far it is indented, and at its quotes."
)
_WORDS = (
    ("found character '\\t'", "A tab stands where spaces belong: indent with spaces."),
    ("found character", "A text that begins with a special character belongs in quotes."),
    ("undefined alias", "A text that begins with * belongs in quotes."),
    ("while scanning an anchor", "A text that begins with & belongs in quotes."),
    ("while scanning an alias", "A text that begins with * belongs in quotes."),
    (
        "mapping values are not allowed",
        "A ':' stands where none can be: a text with ': ' in it belongs in quotes.",
    ),
    ("could not find expected ':'", "A ':' is missing after the name of a field."),
    ("while scanning a quoted scalar", "A quotation mark opens here, but none closes it."),
    (
        "unknown escape character",
        "In double quotes a backslash is special: use single quotes, or write it twice.",
    ),
    (
        "while parsing a flow sequence",
        "A list opens here with '[': it needs commas between its items and ']' at its end.",
    ),
    (
        "while parsing a flow mapping",
        "A group opens here with '{': it needs commas between its fields and '}' at its end.",
    ),
    ("expected a comment or a line break", "The text after '|' or '>' belongs on the next line."),
    ("expected a single document", "A line '---' begins a second document: only one can be in a file."),
    ("sequence entries are not allowed", "The first '- ' of a list belongs on a line of its own."),
    ("expected <block end>", _INDENTATION),
    ("expected '<document start>'", _INDENTATION),
)
_STANDS_AT_OPENING = ("while scanning a quoted scalar", "while parsing a flow")


def syntax_flaw(error: YAMLError, text: str) -> Flaw:
    """The complaint in plain words; for what was never closed, with the place where it opens."""
    if isinstance(error, ReaderError):
        before = text[: error.position]
        position = Position(before.count("\n") + 1, error.position - before.rfind("\n"))
        return Flaw(position, "An invisible control character stands here: delete it and write it anew.")
    if not isinstance(error, MarkedYAMLError):
        return Flaw(Position(1), f"This is not correct YAML ({error}).")
    complaint = f"{error.context or ''} {error.problem or ''}"
    words = next((words for sign, words in _WORDS if sign in complaint), None)
    mark = error.problem_mark
    if "unknown escape" not in complaint and complaint.startswith(_STANDS_AT_OPENING):
        mark = error.context_mark
    position = Position(mark.line + 1, mark.column + 1) if mark else Position(1)
    return Flaw(position, words or f"This is not correct YAML ({complaint.strip()}).")
