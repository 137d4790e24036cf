"""Text as XML allows it."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text with each character that XML cannot hold shown as �, as models do write such characters."""
    return _FORBIDDEN.sub("\ufffd", text)
