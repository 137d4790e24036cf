"""A prompt is read from its folder, and its digest names the words that it says."""

from pathlib import Path

import pytest

from sandbox.errors import FileError
from sandbox.storage.places import bundled_folder, list_folders
from sandbox.storage.prompt_folder import read_prompt

CARD = """name: greeting
version: 1.0.0
summary: Says hello.
artifact: letter
reader: family
owner: A school
intended_use: A first letter.
not_for: [grades]
inputs:
  - name: grade
    help: The grade.
    example: "4"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A prompt's folder, with shared parts beside it."""
    files = {
        "greeting/card.yaml": CARD,
        "greeting/system.md.j2": "Be kind.\n{% include 'shared/rules.md.j2' %}\n",
        "greeting/user.md.j2": "Write to grade {{ grade }}.\n",
        "shared/rules.md.j2": "Rules.\n{% include 'shared/deeper.md.j2' %}\n",
        "shared/deeper.md.j2": "Deeper.\n",
        "shared/unused.md.j2": "Unused.\n",
    }
    for name, text in files.items():
        path = tmp_path / "prompts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return tmp_path / "prompts" / "greeting"


def test_a_prompt_is_its_card_its_templates_and_the_shared_parts(folder: Path) -> None:
    """Shared parts are named by their folder."""
    prompt = read_prompt(folder)

    assert prompt.card.inputs[0].name == "grade"
    assert prompt.source == str(folder)
    assert {
        *("shared/deeper.md.j2", "shared/rules.md.j2", "shared/unused.md.j2"),
        *("system.md.j2", "user.md.j2"),
    } < set(prompt.templates)


def test_a_shared_part_that_is_not_there_is_the_bundled_one(folder: Path) -> None:
    """A folder that was made before a part came along goes on working; an own part goes before ours."""
    own = folder.parent / "shared" / "mend_answer.md.j2"
    bundled = read_prompt(folder).templates["shared/mend_answer.md.j2"]
    own.write_text("Our own words. {{ problem }}", encoding="utf-8")

    assert "Write the whole answer again" in bundled
    assert read_prompt(folder).templates["shared/mend_answer.md.j2"] == "Our own words. {{ problem }}"


def test_the_digest_is_the_same_on_windows(folder: Path) -> None:
    """Line endings and the way in which the card is written down do not matter."""
    digest = read_prompt(folder).digest
    for path in folder.parent.glob("*/*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    card = folder / "card.yaml"
    card.write_bytes(b"\xef\xbb\xbf# a comment\r\n" + card.read_bytes())

    assert read_prompt(folder).digest == digest
    assert len(digest) == 64


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("greeting/card.yaml", True),
        ("greeting/system.md.j2", True),
        ("greeting/user.md.j2", True),
        ("shared/rules.md.j2", True),
        ("shared/deeper.md.j2", True),
        ("shared/unused.md.j2", False),
    ],
)
def test_the_digest_changes_with_every_word_that_is_said(name: str, matters: bool, folder: Path) -> None:
    """A shared part counts only where it is included, directly or through another."""
    digest = read_prompt(folder).digest
    path = folder.parent / name
    path.write_text(path.read_text(encoding="utf-8").replace(".\n", "!\n"), encoding="utf-8")

    assert (read_prompt(folder).digest != digest) is matters


def test_a_computed_include_makes_every_template_count(folder: Path) -> None:
    """Where nobody can tell what is included, everything may be."""
    user = folder / "user.md.j2"
    user.write_text("{% include 'shared/' ~ grade %}", encoding="utf-8")
    digest = read_prompt(folder).digest
    (folder.parent / "shared" / "unused.md.j2").write_text("Used?", encoding="utf-8")

    assert read_prompt(folder).digest != digest


def test_a_prompt_without_shared_parts_beside_it_uses_the_bundled_ones(folder: Path) -> None:
    """A copy of a bundled prompt works in a folder of its own."""
    shared = folder.parent / "shared"
    for path in shared.iterdir():
        path.unlink()
    shared.rmdir()
    (folder / "system.md.j2").write_text("{% include 'shared/answer_rules.md.j2' %}", encoding="utf-8")
    bundled = {f"shared/{path.name}" for path in (bundled_folder("prompts") / "shared").glob("*.j2")}

    assert bundled
    assert set(read_prompt(folder).templates) == bundled | {"system.md.j2", "user.md.j2"}


def test_every_bundled_prompt_can_be_read(tmp_path: Path) -> None:
    """What comes with the product is sound, and no two prompts say the same."""
    prompts = [read_prompt(path) for path in list_folders("prompts", home=tmp_path).values()]

    assert len(prompts) >= 2
    assert len({prompt.digest for prompt in prompts}) == len(prompts)


def test_a_prompt_named_unlike_its_folder_is_refused(folder: Path) -> None:
    """A copied prompt must not pass for the one it was copied from."""
    renamed = folder.rename(folder.parent / "welcome")

    with pytest.raises(FileError, match=r"'greeting', but its folder 'welcome': both should be the same"):
        read_prompt(renamed)


def test_what_is_missing_or_malformed_is_named(folder: Path) -> None:
    """File and line lead to the flaw."""
    (folder / "user.md.j2").write_text("one\n{% if x %}\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"user\.md\.j2, line 2: The template is malformed"):
        read_prompt(folder)
    (folder / "user.md.j2").write_text("{% include 'shared/rule.md.j2' %}", encoding="utf-8")
    with pytest.raises(
        FileError, match=r'no template "shared/rule\.md\.j2" to include. Did you mean "shared/rules'
    ):
        read_prompt(folder)
    (folder / "user.md.j2").unlink()
    with pytest.raises(FileError, match=r"user\.md\.j2: There is no such file"):
        read_prompt(folder)
    (folder / "card.yaml").write_text(CARD.replace("reader: family", "reader: cat"), encoding="utf-8")
    with pytest.raises(FileError, match=r"card\.yaml, line 5, column 1: reader: should be 'teacher'"):
        read_prompt(folder)
