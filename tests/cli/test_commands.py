"""The commands: results to stdout, talk to stderr, a telling exit code, and never a traceback."""

import json
import re
from pathlib import Path

import pytest

from sandbox.cli.main import run
from sandbox.storage.configuration import read_configuration
from sandbox.version import VERSION
from tests.examples import FEEDBACK

GOOD_ARTIFACTS = Path(__file__).resolve().parents[1] / "good_artifacts"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with scripted answers, that the command line stands in."""
    line = json.dumps({"text": json.dumps(FEEDBACK)})
    (tmp_path / "good.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / "empty.jsonl").write_text('{"text": ""}', encoding="utf-8")
    wrong_key = '{"error": "authentication", "message": "The key is wrong. Set OPENAI_API_KEY."}'
    (tmp_path / "wrong_key.jsonl").write_text(wrong_key, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


INPUTS = ["grade=4", "subject=Mathematics", "task=Add 3/8 + 2/8.", "student_work=@work.txt"]


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """In the order in which people need them, with the exit codes."""
    code = run(["--help"])

    text = capsys.readouterr().out
    assert code == 0
    words = [line.split()[0] for line in text.splitlines() if line.startswith("  ") and line.strip()]
    assert [word for word in words if word in {"init", "run", "eval", "score", "report", "doctor"}] == [
        "init",
        "run",
        "eval",
        "score",
        "report",
        "doctor",
    ]
    assert "0 adopt or done, 1 reject, 2 hold" in " ".join(text.split())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version of what is installed."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"sandbox {VERSION}\n"


def test_run_shows_the_artifact_and_the_findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And saves it as a document."""
    work = "I added the tops 3 + 2 = 5 and the bottoms 8 + 8 = 16 so it is 5/16."
    (folder / "work.txt").write_text(work, encoding="utf-8")

    code = run(["run", "feedback", *INPUTS, "-m", "scripted/good.jsonl", "--save", "out/feedback.docx"])

    captured = capsys.readouterr()
    assert code == 0
    assert "Feedback on your work" in captured.out
    assert "quotes_student_work" in captured.out
    assert (folder / "out" / "feedback.docx").stat().st_size > 1000


def test_run_saves_a_page_in_the_language_of_the_answer(folder: Path) -> None:
    """A voice reads a Spanish text as Spanish; `--output` does what `--save` does."""
    text = (GOOD_ARTIFACTS / "leveled_text" / "g5-el-ciclo-del-agua.json").read_text(encoding="utf-8")
    (folder / "agua.jsonl").write_text(json.dumps({"text": text}), encoding="utf-8")
    inputs = ["grade=5", "subject=Ciencias", "source_text=El agua sube y baja.", "language=es"]

    code = run(["run", "leveled_text", *inputs, "-m", "scripted/agua.jsonl", "--output", "agua.html"])

    assert code == 0
    assert '<html lang="es">' in (folder / "agua.html").read_text(encoding="utf-8")


def test_an_answer_that_cannot_be_read_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the reason, and exit code 2."""
    (folder / "work.txt").write_text("idk", encoding="utf-8")

    code = run(["run", "feedback", *INPUTS, "-m", "scripted/empty.jsonl"])

    assert code == 2
    assert "The answer is empty" in capsys.readouterr().out


def test_eval_ends_with_a_verdict_and_a_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The scorecard fits 80 columns, and the report is where it says."""
    code = run(["eval", "feedback", "-m", "scripted/good.jsonl", "--limit", "3"])

    captured = capsys.readouterr()
    assert code in {1, 2}
    assert "HOLD" in captured.out or "REJECT" in captured.out
    assert "3 of 3 answered" in captured.out
    assert max(map(len, captured.out.splitlines())) <= 80
    assert list((folder / "reports").glob("feedback-*.html"))


def test_eval_prints_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing but JSON stands on stdout."""
    run(["eval", "feedback", "-m", "scripted/good.jsonl", "--limit", "1", "--json", "--no-report"])

    (evaluation,) = json.loads(capsys.readouterr().out)
    assert evaluation["results"][0]["scorecard"]["answered"] == 1


def test_a_wrong_key_ends_with_4_and_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what to do; no traceback."""
    code = run(["eval", "feedback", "-m", "scripted/wrong_key.jsonl", "--limit", "2"])

    captured = capsys.readouterr()
    assert code == 4
    assert "The key is wrong. Set OPENAI_API_KEY." in " ".join(captured.out.split())
    assert "Traceback" not in captured.out + captured.err


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["eval", "feedbak"], "Did you mean 'feedback'"),
        (["eval", "feedback", "-m", "opnai/x"], "Did you mean 'openai'"),
        (["eval", "feedback", "-m", "scripted/nothing.jsonl"], "nothing.jsonl"),
        (["eval"], "Missing argument"),
        (["eval", "feedback", "--limt", "3"], "No such option"),
        (["nonsense"], "No such command"),
        (["run", "feedback", "grade"], "NAME=VALUE"),
        (["run", "feedback", "grade=14"], "from K to 12"),
        (["checks", "explain", "minuts_add_up"], "Did you mean 'minutes_add_up'"),
        (["report", "feedback-1"], "evaluation"),
        (["score", "feedback", "nowhere.csv"], "nowhere.csv"),
        (["init", "x", "--copy", "nothing"], "no bundled prompt"),
        (["--home", "broken", "doctor"], "line 1"),
    ],
)
def test_wrong_input_ends_with_3_and_a_hint(
    folder: Path, capsys: pytest.CaptureFixture[str], argv: list[str], words: str
) -> None:
    """Whatever is wrong, it is said in words, on stderr."""
    (folder / "broken").mkdir()
    (folder / "broken" / "sandbox.toml").write_text("model = ", encoding="utf-8")

    code = run(argv)

    captured = capsys.readouterr()
    assert code == 3
    assert words in " ".join(captured.err.split())
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(
    "argv",
    [
        ["prompts", "list"],
        ["prompts", "show", "feedback"],
        ["prompts", "render", "lesson_plan", "topic=Area"],
        ["prompts", "lint"],
        ["checks", "list"],
        ["checks", "explain", "minutes_add_up"],
        ["models"],
        ["plugins"],
        ["report"],
    ],
)
def test_every_listing_has_words_and_json(
    folder: Path, capsys: pytest.CaptureFixture[str], argv: list[str]
) -> None:
    """The words fit 80 columns; the JSON parses."""
    assert run(argv) == 0
    words = capsys.readouterr().out
    assert run([*argv, "--json"]) == 0
    data = capsys.readouterr().out

    assert words.strip()
    if argv[1:2] != ["render"]:
        assert max(map(len, words.splitlines())) <= 80
    json.loads(data)


def test_init_makes_a_folder_to_work_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It overwrites nothing, and what it copies is found before what is bundled."""
    (folder / "ours").mkdir()
    (folder / "ours" / "sandbox.toml").write_text('model = "scripted/good.jsonl"\n', encoding="utf-8")

    assert run(["init", "ours", "--copy", "feedback"]) == 0
    assert run(["--home", "ours", "prompts", "show", "feedback"]) == 0

    captured = capsys.readouterr()
    assert (folder / "ours" / "sandbox.toml").read_text(encoding="utf-8").startswith('model = "scripted')
    assert str(Path("ours") / "prompts") in captured.out
    assert (folder / "ours" / "evals" / "suite.schema.json").exists()


def test_a_broken_plugin_is_a_line_and_a_note(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`sandbox plugins` names it with its cause; the other commands work, and say so once."""
    (folder / "plugin_torn.py").write_text("import a_module_that_is_not_there", encoding="utf-8")
    info = folder / "torn-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: torn\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[sandbox]\ntorn = plugin_torn\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))

    assert run(["plugins"]) == 0
    listed = " ".join(capsys.readouterr().out.split())
    assert run(["checks", "list"]) == 0
    noted = capsys.readouterr().err

    assert "torn 1.0 ✗ import error – ModuleNotFoundError" in listed
    assert noted.count("Plugin 'torn' is not used: ModuleNotFoundError") == 1


def test_doctor_says_what_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A model that nobody brings is one line with what to do."""
    (folder / "sandbox.toml").write_text('model = "nobody/x"\n', encoding="utf-8")

    code = run(["doctor"])

    text = " ".join(capsys.readouterr().out.split())
    assert code == 3
    assert "✗ default model Unknown provider 'nobody'" in text
    assert "✓ prompts" in text


def test_score_needs_no_model(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder of pasted answers is judged."""
    (folder / "pasted").mkdir()
    (folder / "pasted" / "g4-adding-eighths.txt").write_text("The answer is 5/8.", encoding="utf-8")

    code = run(["score", "feedback", "pasted"])

    assert code in {1, 2}
    assert "elsewhere/unnamed" in capsys.readouterr().out


def test_reports_come_in_every_format(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the record, after the evaluation."""
    run(["eval", "feedback", "-m", "scripted/good.jsonl", "--limit", "1", "--json", "--no-report"])
    (evaluation,) = json.loads(capsys.readouterr().out)

    for name in ("html", "markdown", "json", "csv", "junit"):
        assert run(["report", evaluation["id"], "--format", name, "-o", f"r/{name}"]) == 0
        assert (folder / "r" / name).stat().st_size > 100


def test_every_setting_that_init_suggests_is_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever takes the sign off the front of a line gets what it says."""
    assert run(["init", "ours"]) == 0
    path = folder / "ours" / "sandbox.toml"
    text = path.read_text(encoding="utf-8")
    suggested = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)
    path.write_text(suggested, encoding="utf-8")

    found = read_configuration(folder / "ours")

    assert suggested != text
    assert found.only_local
    assert set(found.models) == {"fast", "careful"}
    assert found.plugins.is_strict
    assert found.prices
    assert found.providers["openai"]["base_url"]
