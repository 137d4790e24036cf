"""What the house asks of every file."""

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import sandbox
from sandbox.bundled import plugin as bundled
from sandbox.evaluation.suite import suite_schema
from sandbox.pipeline.prompt_review import review_prompt, unbounded
from sandbox.storage.places import bundled_folder, list_folders
from sandbox.storage.prompt_folder import read_prompt

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("src/**/*.py"), *ROOT.glob("plugins/*/src/**/*.py")])
BANNED_NAMES = {"utils", "helpers", "common", "misc", "base", "manager"}
ARTIFACTS = {artifact.type_name: artifact for artifact in bundled.sandbox_artifacts()}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_one_subject_and_says_it(path: Path) -> None:
    """A docstring of one sentence at the top, at most 400 lines, and a name that tells."""
    text = path.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text))

    assert docstring, "no docstring"
    assert len(text.splitlines()) <= 400
    assert path.stem not in BANNED_NAMES


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_fit_a_screen_and_imports_stand_at_the_top(path: Path) -> None:
    """At most 50 lines of code a function; only an optional dependency is imported inside one."""
    for function in _functions(path):
        body = function.body[1:] if ast.get_docstring(function) else function.body
        lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
        inner = {
            name.name
            for each in ast.walk(function)
            if isinstance(each, ast.Import | ast.ImportFrom)
            for name in each.names
        }

        assert lines <= 50, function.name
        assert inner <= {"docx", "openpyxl"}, function.name


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_opened_as_utf8(path: Path) -> None:
    """A teacher's Windows would read its own code page otherwise."""
    for call in re.findall(
        r"\.(?:read_text|write_text)\(([^()]*(?:\([^()]*\)[^()]*)*)\)", path.read_text("utf-8")
    ):
        assert "encoding=" in call


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("src/**/*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_nothing_inside_imports_the_face(path: Path) -> None:
    """The face is for those outside."""
    assert not re.search(
        r"^(from sandbox import|import sandbox$)", path.read_text("utf-8"), flags=re.MULTILINE
    )


def test_no_test_file_is_over_the_wall() -> None:
    """Tests are read as often as what they test."""
    files = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("plugins/**/tests/**/*.py")]
    long = {
        path.name: lines
        for path in files
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }

    assert long == {}


def test_the_face_is_small_sorted_and_true() -> None:
    """At most 30 names, each of which is there."""
    names = list(sandbox.__all__)

    assert names == sorted(names)
    assert len(names) <= 30
    assert all(getattr(sandbox, name) is not None for name in names)


def test_the_same_name_law() -> None:
    """An artifact, its prompt, its suite and its file bear one name."""
    files = {path.stem for path in (ROOT / "src/sandbox/bundled/artifacts").glob("*.py")} - {"__init__"}

    assert set(ARTIFACTS) == files
    assert set(ARTIFACTS) == set(list_folders("prompts", home=Path("nowhere")))
    assert set(ARTIFACTS) == set(list_folders("evals", home=Path("nowhere")))


def test_a_check_is_one_file_of_its_name() -> None:
    """And every file is registered."""
    files = {path.stem for path in (ROOT / "src/sandbox/bundled/checks").glob("*.py")} - {"__init__"}

    assert {check.name for check in bundled.sandbox_checks()} == files


@pytest.mark.parametrize("name", sorted(ARTIFACTS))
def test_no_artifact_lets_a_small_model_write_without_end(name: str) -> None:
    """Every text and list has a limit, and every field a description."""
    schema = ARTIFACTS[name].schema_for_model()
    fields = [
        part
        for kind in (schema, *schema.get("$defs", {}).values())
        for part in kind.get("properties", {}).values()
    ]

    assert unbounded(schema) == []
    assert all("description" in field for field in fields)


def test_prompt_review_sees_what_has_no_end() -> None:
    """The rule above can fail."""
    schema = {
        "type": "object",
        "properties": {
            "a": {"type": "string"},
            "b": {"type": "array", "items": {"type": "string"}},
            "c": {"type": "object"},
        },
    }

    assert len(unbounded(schema)) == 4


@pytest.mark.parametrize("name", sorted(ARTIFACTS))
def test_the_bundled_prompts_have_nothing_to_mend(name: str) -> None:
    """What teachers copy is in order."""
    prompt = read_prompt(bundled_folder("prompts") / name)

    assert review_prompt(prompt, artifacts=ARTIFACTS) == []


def test_every_check_says_what_people_need() -> None:
    """Why, how, mend, source and limits, in sentences."""
    for check in bundled.sandbox_checks():
        for text in (check.why, check.how, check.mend, check.limits):
            assert len(text) > 40, check.name
            assert text.rstrip()[-1] in ".?!", check.name
        assert check.source, check.name
        assert check.title, check.name


def test_the_schema_that_editors_complete_suites_with_is_today_s() -> None:
    """`sandbox init` writes it; the bundled copy is the same."""
    written = json.loads((ROOT / "evals/suite.schema.json").read_text(encoding="utf-8"))

    assert written == suite_schema()


def test_nothing_committed_names_this_machine_or_an_index() -> None:
    """No absolute path, no address in a lock file."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".jpg"}:
            continue
        text = path.read_text(encoding="utf-8")
        assert str(ROOT.parent) + "/" not in text, name
        if name.startswith("requirements/"):
            assert "://" not in text, name
