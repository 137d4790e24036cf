"""Telling words that only hold a place from words that say something."""

import re

from sandbox.contracts.late import late_pattern

_PLACEHOLDER = late_pattern(
    r"(?:string|text|null|nil|undefined|none|nothing|n ?[/.]? ?a|not applicable|tb[dca]|to ?do"
    r"|to be (?:determined|decided"
    r"|done|added|completed|filled in)|placeholder|lorem ipsum.*|x{2,}|same(?: as (?:above|before))?"
    r"|see above|ditto"
    r"|(?:your|insert|enter|add|write|put|fill in) (?:[\w' -]{1,40} )?here|example text|sample text"
    r"|some text|foo|bar"
    r"|blah(?:[ ,]+blah)*|asdf\w*|coming soon|value|item ?\d*|etc|test)?",
    re.DOTALL,
)
_BRACKETED = late_pattern(r"(?:\[[^\[\]]{1,80}\]|<[^<>]{1,80}>|\{\{?[^{}]{1,80}\}?\}|_{3,})\W*")
_TO_FILL_IN = late_pattern(
    r"\[(?:insert|enter|add|your|fill|name of|topic)\b[^\[\]]{0,60}\]|\{\{[^{}]{1,60}\}\}|lorem ipsum"
)


def is_placeholder(folded: str) -> bool:
    """Whether a text, given as folded, says nothing: empty, dots, `tbd`, `string`, `[insert topic]`."""
    if not any(letter.isalnum() for letter in folded):
        return True
    bare = folded.strip(" .-_*!?:;,\"'()#…")
    return bool(_PLACEHOLDER.fullmatch(bare) or _BRACKETED.fullmatch(folded) or _TO_FILL_IN.search(folded))


def is_none_said(folded: str) -> bool:
    """Whether a text, given as folded, says that there is nothing, as a list that may be empty may do."""
    return folded.strip(" .-()") in {"none", "n/a", "na", "not applicable", "none needed", "nothing", ""}
