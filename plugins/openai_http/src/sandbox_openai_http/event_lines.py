"""Reads server-sent events out of bytes that were cut anywhere."""

from dataclasses import dataclass, field

_RETURN, _NEWLINE = b"\r", b"\n"


@dataclass(slots=True)
class EventLines:
    """Gathers bytes, and gives what the events bring, each as soon as it is whole.

    Lines end in CR, LF or both; comments and all fields but the data are passed over.
    """

    _begun: list[bytes] = field(default_factory=list, init=False)
    """Of a line that has not ended yet: kept in pieces, because a long one may come in very many."""
    _data: list[bytes] = field(default_factory=list, init=False)
    """The data of an event that has not ended yet, line by line."""
    _has_returned: bool = field(default=False, init=False)
    """Whether the last byte was a CR, whose LF may be yet to come."""

    def feed(self, piece: bytes) -> list[bytes]:
        """Take in the next bytes, and give the data of every event that they end."""
        if self._has_returned and piece.startswith(_NEWLINE):
            piece = piece[1:]
            self._has_returned = False
        if not piece:
            return []
        self._has_returned = piece.endswith(_RETURN)
        if _NEWLINE not in piece and _RETURN not in piece:
            self._begun.append(piece)
            return []
        *lines, rest = (b"".join(self._begun) + piece + b".").splitlines()
        # The full stop shows whether the last line has ended: then nothing else stands in its line.
        self._begun = [rest[:-1]] if len(rest) > 1 else []
        events = []
        for line in lines:
            if line:
                self._read(line)
            elif self._data:
                events.append(_NEWLINE.join(self._data))
                self._data = []
        return events

    def end(self) -> list[bytes]:
        """Nothing more comes: give what a last event brings that no empty line has ended."""
        return self.feed(_NEWLINE * 3)

    def _read(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        if name == b"data":
            self._data.append(value.removeprefix(b" "))
        elif name == b"error":
            # Older servers of llama.cpp have this field of their own.
            self._data.append(b'{"error":%b}' % value)
