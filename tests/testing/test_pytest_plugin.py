"""Suites as tests: what passes, what is said of what does not, and what pytest is told."""

import pytest

from tests.testing.gate_project import GateProject

pytest_plugins = ["pytester"]


def test_nothing_happens_unless_it_is_asked_for(gates: GateProject) -> None:
    """A folder with suites is like any other."""
    gates.suite("good")

    done = gates.run("evals")

    done.assert_outcomes()
    assert done.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert not (gates.home / ".sandbox").exists()


def test_a_suite_whose_gate_says_adopt_passes(gates: GateProject) -> None:
    """Its report is written, and a line says what it rests on."""
    gates.suite("good")

    done = gates.run("--sandbox")

    done.assert_outcomes(passed=1)
    done.stdout.fnmatch_lines(["ADOPT *good?scripted/answers.jsonl? *2 of 2 answered, * tokens, $0.00"])
    assert len(list((gates.home / "reports").glob("good-*.html"))) == 1


def test_a_suite_whose_gate_says_reject_fails_in_a_few_words(gates: GateProject) -> None:
    """Verdict, reasons, how many failed in which cases, and where the report is; no traceback."""
    gates.suite("bad", "no_failures: [must_say]")

    done = gates.run("--sandbox")

    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(
        [
            "*suite bad on scripted/answers.jsonl*",
            "REJECT: feedback 1.0.0 on scripted/answers.jsonl",
            "  reject: must_say: 1 of 1 answers failed; none may.",
            "  must_say *1  no-elephant",
            "Report: reports/bad-*.html".replace("/", "[/\\]"),
            "*sandbox --home * report bad-* --format csv",
            "REJECT *bad?scripted/answers.jsonl? *",
            "FAILED evals/bad/suite.yaml::bad?scripted/answers.jsonl? - Failed: REJECT: *",
        ]
    )
    done.stdout.no_fnmatch_line("*Traceback*")
    assert gates.students_words not in done.stdout.str()
    assert list((gates.home / "reports").glob("bad-*.html"))


def test_a_hold_fails_and_says_that_evidence_is_missing(gates: GateProject) -> None:
    """Nothing speaks against it, and that is not enough."""
    gates.suite("young", "minimum_cases: 20")

    done = gates.run("--sandbox")

    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["HOLD: *", "Evidence is missing: *--sandbox-accept adopt,hold*"])


@pytest.mark.parametrize(
    ("option", "setting"), [("--sandbox-accept=adopt,hold", ""), ("-q", "sandbox_accept = adopt hold")]
)
def test_a_hold_passes_where_that_is_accepted(gates: GateProject, option: str, setting: str) -> None:
    """By an option or a setting; a rejection does not pass with it."""
    gates.suite("young", "minimum_cases: 20")
    gates.suite("bad", "no_failures: [must_say]")

    done = gates.run("--sandbox", option, setting=setting)

    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(["REJECT *bad*", "HOLD *young*"])


def test_a_target_that_was_stopped_never_passes(gates: GateProject) -> None:
    """Whatever is accepted: half an evaluation is no evidence."""
    gates.suite("good")
    gates.answers({"error": "authentication", "message": "The key is wrong."})

    done = gates.run("--sandbox", "--sandbox-accept=adopt,hold")

    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["STOPPED: *", "*never passes*", "*The key is wrong.*", "STOPPED *good*"])


def test_a_target_that_never_answered_does_not_pass(gates: GateProject) -> None:
    """Too few cases to stop it, and still nothing to go by."""
    gates.suite("good")
    gates.answers({"error": "content_filter"})

    done = gates.run("--sandbox", "--sandbox-accept=adopt,hold")

    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["HOLD: *", "No question was answered*"])


def test_a_suite_that_cannot_be_read_fails_with_its_place(gates: GateProject) -> None:
    """The other suites are tried all the same."""
    gates.suite("good")
    gates.suite("torn").write_text("name: torn\nsumary: x\n", encoding="utf-8")

    done = gates.run("--sandbox")

    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(["*torn*suite.yaml, line 1*", "*line 2*sumary*"])
    done.stdout.no_fnmatch_line("*Traceback*")


def test_a_fault_shows_no_value(gates: GateProject) -> None:
    """A traceback as Python has it: pytest's own would print arguments, and so a student's work."""
    gates.suite("good")
    (gates.home / "conftest.py").write_text(
        "import pytest, sandbox.app\n"
        f"def broken(self, suite, work={gates.students_words!r}, **options):\n"
        "    raise TypeError('a fault of ours')\n"
        "@pytest.hookimpl(wrapper=True)\n"
        "def pytest_runtest_call(item):\n"
        "    with pytest.MonkeyPatch.context() as patch:\n"
        "        patch.setattr(sandbox.app.Sandbox, 'evaluate', broken)\n"
        "        return (yield)\n",
        encoding="utf-8",
    )

    done = gates.run("--sandbox", "--showlocals")

    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["*TypeError: a fault of ours*"])
    assert gates.students_words not in done.stdout.str()


@pytest.mark.parametrize(
    "option",
    ["--sandbox-accept=reject", "--sandbox-limit=0", "--sandbox-repeats=x", "--sandbox-max-cost=-1"],
)
def test_a_wrong_option_is_told_before_anything_is_tried(gates: GateProject, option: str) -> None:
    """In a line, with what it should be."""
    gates.suite("good")

    done = gates.run("--sandbox", option)

    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines([f"*{option.partition('=')[2]}*"])


def test_there_is_a_test_for_each_suite_and_model(gates: GateProject) -> None:
    """In the order of the folders, and then as the models were given; twice the same is once."""
    gates.suite("b")
    gates.suite("a")

    done = gates.run(
        "--sandbox", "--sandbox-model=x/1", "--sandbox-model=x/2", "--sandbox-model=x/1", "--co", "-q"
    )

    assert done.outlines[:4] == [
        f"evals/{suite}/suite.yaml::{suite}[{model}]" for suite in "ab" for model in ("x/1", "x/2")
    ]


def test_models_may_stand_in_the_settings(gates: GateProject) -> None:
    """Of pytest, or else in sandbox.toml; nobody is asked in order to list the tests."""
    gates.suite("a")

    listed = gates.run("--sandbox", "--co", "-q", setting="sandbox_models = x/1 x/2")
    default = gates.run("--sandbox", "--co", "-q")

    assert listed.outlines[:2] == ["evals/a/suite.yaml::a[x/1]", "evals/a/suite.yaml::a[x/2]"]
    assert default.outlines[0] == "evals/a/suite.yaml::a[scripted/answers.jsonl]"


def test_one_test_is_run_by_its_name(gates: GateProject) -> None:
    """As it is printed, brackets and slashes included."""
    gates.suite("a")
    gates.suite("b")

    done = gates.run("--sandbox", "evals/b/suite.yaml::b[scripted/answers.jsonl]")

    done.assert_outcomes(passed=1)


def test_a_malformed_sandbox_toml_is_told_in_words(gates: GateProject) -> None:
    """The line is named."""
    gates.suite("a")
    (gates.home / "sandbox.toml").write_text("model =\n", encoding="utf-8")

    done = gates.run("--sandbox")

    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["*sandbox.toml, line 1*"])
    done.stdout.no_fnmatch_line("*Traceback*")


def test_other_tests_run_with_suites_only_if_they_are_named(gates: GateProject) -> None:
    """`pytest --sandbox` is for the suites; with folders it is for both."""
    gates.suite("a")
    gates.test("def test_one(): pass")

    alone = gates.run("--sandbox")
    both = gates.run("--sandbox", "tests", "evals")

    alone.assert_outcomes(passed=1)
    both.assert_outcomes(passed=2)


def test_a_home_elsewhere_is_a_setting(gates: GateProject) -> None:
    """Where the repository holds other things, too."""
    gates.suite("a", home=gates.home / "ai")
    (gates.home / "sandbox.toml").rename(gates.home / "ai" / "sandbox.toml")

    done = gates.run("--sandbox", setting="sandbox_home = ai")

    done.assert_outcomes(passed=1)
    assert (gates.home / "ai" / "reports").is_dir()


def test_without_any_suites_the_way_to_them_is_told(gates: GateProject) -> None:
    """Instead of a green run of nothing."""
    done = gates.run("--sandbox")

    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*There is no folder *evals*sandbox_home*"])


def test_the_options_of_an_evaluation_are_handed_on(gates: GateProject) -> None:
    """The first case, three times, under a label that makes another evaluation."""
    gates.suite("a")

    options = ("--sandbox-limit=1", "--sandbox-repeats=3", "--sandbox-accept=adopt,hold")
    once = gates.run("--sandbox", *options)
    again = gates.run("--sandbox", *options, "--sandbox-label=monday")

    for done in (once, again):
        done.assert_outcomes(passed=1)
        done.stdout.fnmatch_lines(["*3 of 3 answered*"])
    assert len(list((gates.home / "reports").glob("*.html"))) == 2


def test_junit_is_told_the_scorecard(gates: GateProject) -> None:
    """Verdict, effort, and rate and n of each check."""
    gates.suite("a")

    gates.run("--sandbox", "--junitxml=told.xml")

    told = gates.properties("told.xml")
    assert told["sandbox_verdict"] == "adopt"
    assert told["sandbox_evaluation"].startswith("a-")
    assert told["sandbox_rate.sections_present"] == "1.0"
    assert (told["sandbox_rate.must_say"], told["sandbox_n.must_say"]) == ("0.0", "1")
    assert (told["sandbox_rate.must_not_say"], told["sandbox_n.must_not_say"]) == ("no evidence", "0")
    assert int(told["sandbox_tokens"]) > 0
    assert told["sandbox_cost_usd"] == "0.0"


@pytest.fixture
def dear(gates: GateProject) -> GateProject:
    """A suite on a model that costs more than anybody would pay."""
    gates.suite("good")
    with (gates.home / "sandbox.toml").open("a", encoding="utf-8") as settings:
        settings.write('[prices."scripted/answers.jsonl"]\ninput_usd = 900000\noutput_usd = 900000\n')
    return gates


def test_a_cap_on_the_money_stops_a_suite_which_then_fails(dear: GateProject) -> None:
    """Whatever is accepted; nothing was paid."""
    done = dear.run("--sandbox", "--sandbox-max-cost=0.01", "--sandbox-accept=adopt,hold")

    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["STOPPED: *", "*0.01*", "STOPPED *good*0 of 2 answered, 0 tokens, *"])


def test_what_may_be_dear_is_not_begun_without_a_cap(dear: GateProject) -> None:
    """Nobody is there to be asked; the estimate is told, and the option."""
    done = dear.run("--sandbox")

    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["*--sandbox-max-cost*"])
