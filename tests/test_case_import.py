"""Cases of other tools, fitted to a prompt: what is kept, what is told, and what is an error."""

import json
from pathlib import Path

import pytest

from sandbox.case_import import CaseSource, ImportedCases, import_cases
from sandbox.domain.prompt import PromptCard
from sandbox.errors import FileError, InputError, UnknownNameError
from sandbox.storage.places import bundled_folder
from sandbox.storage.prompt_folder import read_prompt

TABLE = """\
grade,subject,task,student_work,__expected,__expected2,__description,__metric,__metadata:level
4,Mathematics,Add 3/8 + 2/8.,I got 5/16.,icontains: eighths,not-contains: 5/8,First try,kind,easy
5,Science,Where?,"It went, away.","contains-any: vapor, ""water vapor, steam"" ",llm-rubric: Is kind,,,
6,History,Why?,Because.,exactly this,javascript: output.length < 9,,,
"""
LISTED = """\
description: A whole configuration
tests:
  - description: first
    vars: {grade: 4, subject: Maths, task: Add., student_work: I did}
    assert:
      - {type: contains-all, value: [part, whole]}
      - {type: not-icontains-any, value: [stupid, lazy]}
      - {type: similar, value: words, threshold: 0.8}
    options: {}
  - vars: {grade: 5, subject: Maths, task: Add., student_work: I did}
    assert:
      - {type: icontains, value: "a | b"}
"""


@pytest.fixture(scope="module")
def card() -> PromptCard:
    """The card of the prompt `feedback`."""
    return read_prompt(bundled_folder("prompts") / "feedback").card


def _imported(path: Path, card: PromptCard, content: str, **names: str) -> ImportedCases:
    path.write_text(content, encoding="utf-8")
    return import_cases(path, card, names=names)


def _told(found: ImportedCases) -> list[str]:
    return [f"{flaw.position}: {flaw.text}" for flaw in found.lost]


def test_a_promptfoo_table_becomes_cases(card: PromptCard, tmp_path: Path) -> None:
    """Columns are inputs, what is contained is `must`, what is not is `must_not`."""
    found = _imported(tmp_path / "tests.csv", card, TABLE)

    first, second, third = found.cases
    assert found.source is CaseSource.PROMPTFOO
    assert (first.id, first.note) == ("case-1", "First try")
    assert (first.must, first.must_not) == (("eighths",), ("5/8",))
    assert first.inputs["task"] == "Add 3/8 + 2/8."
    assert second.must == ("vapor | water vapor, steam",)
    assert third.must == third.must_not == ()


def test_what_a_promptfoo_table_loses_is_told_with_its_line(card: PromptCard, tmp_path: Path) -> None:
    """Each thing once for each row, and nothing that stands in it."""
    found = _imported(tmp_path / "tests.csv", card, TABLE)

    assert _told(found) == [
        'line 2: the column "__metric"',
        'line 2: the field "level": no input bears this name',
        "line 3: an assertion of type llm-rubric",
        "line 4: an assertion of type equals",
        "line 4: an assertion of type javascript",
    ]
    assert [str(flaw.position) for flaw in found.changed] == ["line 2", "line 3"]


def test_a_promptfoo_list_becomes_cases(card: PromptCard, tmp_path: Path) -> None:
    """A configuration's tests are read; a phrase with a mark that means something here is not taken."""
    found = _imported(tmp_path / "promptfooconfig.yaml", card, LISTED)

    first, second = found.cases
    assert (first.note, first.must, first.must_not) == ("first", ("part", "whole"), ("stupid", "lazy"))
    assert second.must == ()
    assert _told(found) == [
        "line 3, column 5: the threshold of an assertion",
        "line 3, column 5: an assertion of type similar",
        'line 3, column 5: the field "options"',
        "line 10, column 5: an assertion of type icontains whose words hold |, * or {",
    ]


def test_an_inspect_dataset_becomes_cases(card: PromptCard, tmp_path: Path) -> None:
    """The target is the answer key; a choice is named by its words; metadata are inputs by their names."""
    metadata = {"grade": 4, "subject": "Mathematics", "source": "book"}
    records = [
        {"id": 7, "input": "I got 5/16.", "target": ["5/8", "five eighths"], "metadata": metadata},
        {
            "input": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Is it B?"}],
            "choices": ["red", "green"],
            "target": "B",
            "metadata": metadata,
            "files": {"a.txt": "x"},
        },
    ]
    for record in records:
        record["metadata"] = {**metadata, "question": "Add."}
    lines = "\n".join(json.dumps(record) for record in records)
    found = _imported(tmp_path / "data.jsonl", card, lines, input="student_work", question="task")

    first, second = found.cases
    assert found.source is CaseSource.INSPECT
    assert (first.id, first.answer_key) == ("7", ("5/8", "five eighths"))
    assert (second.id, second.answer_key) == ("case-2", ("green",))
    assert [case.inputs["student_work"] for case in found.cases] == ["I got 5/16.", "Is it B?"]
    assert _told(found) == [
        'line 1: the field "source": no input bears this name',
        'line 2: the field "files"',
        "line 2: a system message: the prompt has its own",
        'line 2: the field "choices": no input bears this name',
        'line 2: the field "source": no input bears this name',
    ]


def test_several_messages_become_one_text_and_that_is_told(card: PromptCard, tmp_path: Path) -> None:
    """Who speaks stands before each."""
    turns = [{"role": "user", "content": "5/16?"}, {"role": "assistant", "content": "Look again."}]
    record = {"input": turns, "grade": 4, "subject": "Maths", "task": "Add."}
    found = _imported(tmp_path / "data.json", card, json.dumps([record]), input="student_work")

    assert found.cases[0].inputs["student_work"] == "user: 5/16?\n\nassistant: Look again."
    assert [flaw.text for flaw in found.changed] == [
        "Several messages became one text, with who speaks before each."
    ]


def test_a_target_may_become_something_else(card: PromptCard, tmp_path: Path) -> None:
    """What somebody says goes before what is usual."""
    text = "input,target,grade,subject,task\nI did,denominator,4,Maths,Add.\n"
    found = _imported(tmp_path / "data.csv", card, text, input="student_work", target="must")

    assert (found.cases[0].must, found.cases[0].answer_key) == (("denominator",), ())


def test_every_case_that_does_not_fit_is_told_with_row_and_column(card: PromptCard, tmp_path: Path) -> None:
    """All at once, and without the words of a student."""
    text = "class,subject,task,student_work,__expected\n44,Maths,Add.,SECRET,\n4,Maths,,SECRET,equals: 4\n"
    with pytest.raises(FileError) as caught:
        _imported(tmp_path / "tests.csv", card, text, **{"class": "grade"})

    assert 'tests.csv, line 2: column "class": should be a grade from K to 12' in str(caught.value)
    assert 'line 3: "task" is missing' in str(caught.value)
    assert "SECRET" not in str(caught.value)


def test_an_input_without_a_place_names_the_fields_that_are_left(card: PromptCard, tmp_path: Path) -> None:
    """So that the next command can say where it goes."""
    with pytest.raises(FileError, match=r"is missing.*Fields without a place: input; see --map"):
        _imported(tmp_path / "data.csv", card, "input,target,grade,subject,task\nI did,5,4,Maths,Add.\n")


@pytest.mark.parametrize(
    ("names", "kind", "said"),
    [
        ({"inputt": "task"}, InputError, 'no case has a field of this name. Did you mean "input"?'),
        ({"input": "student_wrok"}, UnknownNameError, "Did you mean 'student_work' or"),
        ({"input": "task"}, FileError, 'The columns "input" and "task" would both become "task".'),
    ],
)
def test_a_wrong_name_is_told(
    names: dict[str, str], kind: type[InputError], said: str, card: PromptCard, tmp_path: Path
) -> None:
    """With the nearest, as everywhere."""
    text = "input,grade,subject,task,student_work\nI,4,Maths,Add.,I did\n"
    with pytest.raises(kind) as caught:
        _imported(tmp_path / "data.csv", card, text, **names)

    assert said in str(caught.value)


def test_a_file_that_shows_nothing_is_asked_about(card: PromptCard, tmp_path: Path) -> None:
    """A table of plain columns may be anybody's; with --from it is read."""
    text = "grade,subject,task,student_work\n4,Maths,Add.,I did\n"
    with pytest.raises(InputError, match="--from promptfoo or --from inspect"):
        _imported(tmp_path / "tests.csv", card, text)

    found = import_cases(tmp_path / "tests.csv", card, source=CaseSource.PROMPTFOO, names={})
    assert len(found.cases) == 1


def test_a_path_in_place_of_a_text_is_an_error(card: PromptCard, tmp_path: Path) -> None:
    """Promptfoo would read the file; here the path would be taken for the work."""
    text = "grade,subject,task,student_work,__expected\n4,Maths,Add.,file://work.txt,equals: 4\n"

    with pytest.raises(FileError, match="names a file"):
        _imported(tmp_path / "tests.csv", card, text)


def test_an_id_that_is_used_twice_is_an_error(card: PromptCard, tmp_path: Path) -> None:
    """Trials are found by it."""
    text = "id,input,grade,subject,task\na,I did,4,Maths,Add.\na,I did,4,Maths,Add.\n"

    with pytest.raises(FileError, match=r'line 3: The id "a" is used twice'):
        _imported(tmp_path / "data.csv", card, text, input="student_work")
