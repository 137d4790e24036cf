"""JSON lines are read quickly where that is safe, and with every care where it is not."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import FileError
from sandbox.storage.json_lines import read_json_lines

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def _read(folder: Path, line: str) -> list[dict[str, object]]:
    path = folder / "lines.jsonl"
    path.write_text(line, encoding="utf-8", newline="\n")
    return [value for _, value in read_json_lines(path)]


@given(
    value=st.dictionaries(st.text(max_size=4), JSON, max_size=4),
    separators=st.sampled_from([(",", ":"), (", ", ": "), (" ,", " : "), (",", "\t:")]),
    is_ascii=st.booleans(),
)
def test_every_object_is_read_as_it_was_written(
    value: dict[str, object],
    separators: tuple[str, str],
    is_ascii: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Colons and quotation marks inside texts, and spaces around colons, change nothing."""
    line = json.dumps(value, separators=separators, ensure_ascii=is_ascii)

    assert _read(tmp_path_factory.mktemp("lines"), line) == [value]


@pytest.mark.parametrize(
    "line",
    [
        '{"a":1,"a":2}',
        '{"a" : 1, "a" : 2}',
        '{"a":1,"a"\t:2}',
        '{"inputs": {"a": 1, "a": 2}}',
        '{"b": [{"a": 1, "a": 2}]}',
        '{"a": 1, "\\u0061": 2}',
    ],
)
def test_a_name_that_stands_twice_is_told(line: str, tmp_path: Path) -> None:
    """Which of two values is meant, nobody knows; spaces and escapes do not hide it."""
    with pytest.raises(FileError, match='the field "a" stands there twice'):
        _read(tmp_path, line)


@pytest.mark.parametrize("line", ['{"a": NaN}', '{"a": -Infinity}', '{"a": "\\ud83d"}', '{"a": 1,}', "[1]"])
def test_what_is_no_sound_object_is_told(line: str, tmp_path: Path) -> None:
    """The quick way accepts nothing that the careful way refuses."""
    with pytest.raises(FileError):
        _read(tmp_path, line)
