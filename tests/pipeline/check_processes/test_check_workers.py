"""Workers: whatever a check does, there is a finding, and everything else goes on."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Event
from types import ModuleType

import psutil
import pytest

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.contracts.check import Judgement, Subject, passed
from sandbox.domain.finding import Outcome
from sandbox.pipeline.check_processes.check_workers import CheckWorkers
from sandbox.pipeline.check_processes.worker_process import WorkerProcess
from sandbox.pipeline.inspecting import inspect_answer
from tests.examples import FEEDBACK

AT_ONCE = "The check took longer than 0.2 seconds and was ended."


def _is_gone(process: int, *, within_seconds: float = 20) -> bool:
    """Whether a process ends in time."""
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        try:
            if psutil.Process(process).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def test_findings_come_in_the_order_of_the_checks(look, odd: ModuleType) -> None:
    """Quick ones and others mixed, some of them structured ones that do not apply."""
    checks = [
        odd.made(odd.wait, name="slow"),
        odd.made(lambda _: passed("Quick."), name="quick", is_quick=True),
        odd.made(odd.hang, name="structured", needs_artifact=True),
        odd.made(odd.say_process, name="other"),
    ]

    findings = look(*checks)

    assert [finding.check for finding in findings] == ["slow", "quick", "structured", "other"]
    assert findings[2].outcome is Outcome.NOT_APPLICABLE
    assert findings[0].reason == "I waited."


def test_quick_checks_start_nothing(odd: ModuleType, subject: Subject) -> None:
    """They run where everything runs, with the findings that they always gave."""
    workers = CheckWorkers()
    checks = [odd.made(odd.say_process, is_quick=True), odd.made(odd.hang, needs_artifact=True)]
    before = psutil.Process().children()

    findings = asyncio.run(workers.inspect(checks, subject))

    assert findings == inspect_answer(checks, subject)
    assert findings[0].reason == str(os.getpid())
    assert psutil.Process().children() == before


def test_a_worker_is_kept(look, odd: ModuleType) -> None:
    """One is started for the first check, and serves the next; it is another process than ours."""
    (first,), (second,) = look(odd.made(odd.say_process)), look(odd.made(odd.say_process, name="b"))

    assert first.reason == second.reason != str(os.getpid())


@pytest.mark.parametrize("name", ["hang", "backtrack"])
def test_a_check_that_hangs_is_ended(look, odd: ModuleType, name: str) -> None:
    """Even one that never gives another thread a turn; and the next check is looked with."""
    hung, other = look(
        odd.made(getattr(odd, name), timeout_seconds=0.2), odd.made(odd.say_process, name="b")
    )

    assert (hung.outcome, hung.reason) == (Outcome.ERROR, AT_ONCE)
    assert other.outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("exit_at_once", "The check's process ended with exit status 3."),
        ("exit_politely", "The check failed with SystemExit."),
        ("crash", "The check's process "),
        ("fail", "The check failed with ValueError."),
        ("shout_at_pipes", "The check disturbed its process."),
        ("say_half_a_letter", "The check gave words that cannot be kept."),
        ("give_true", "The check gave no judgement with a reason."),
    ],
)
def test_whatever_a_check_does_is_a_finding(look, odd: ModuleType, name: str, reason: str) -> None:
    """Never a pass, and without a student's words; another check looks as if nothing had happened."""
    (found,) = look(odd.made(getattr(odd, name)))
    (other,) = look(odd.made(odd.say_process))

    assert found.outcome is Outcome.ERROR
    assert found.reason.startswith(reason)
    assert other.outcome is Outcome.PASS


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no system keeps to such a limit")
def test_a_check_that_grows_is_ended(odd: ModuleType, subject: Subject) -> None:
    """And says that memory was the reason."""
    workers = CheckWorkers(size=1, memory_bytes=2**27)

    (found,) = asyncio.run(workers.inspect([odd.made(odd.grow)], subject))

    workers.close()
    assert (found.outcome, found.reason) == (
        Outcome.ERROR,
        "The check needed too much memory and was ended.",
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no system keeps to such a limit")
def test_what_others_left_in_a_worker_is_not_held_against_a_check(
    odd: ModuleType, subject: Subject
) -> None:
    """Memory that is lost bit by bit costs a worker now and then, and no finding."""
    workers = CheckWorkers(size=1, memory_bytes=2**28)
    check = odd.made(odd.grow_each_time)

    findings = [asyncio.run(workers.inspect([check], subject))[0] for _ in range(3)]

    workers.close()
    assert {finding.outcome for finding in findings} == {Outcome.PASS}
    assert len({finding.reason for finding in findings}) == 3


def test_a_check_made_here_runs_in_a_thread(look, odd: ModuleType) -> None:
    """A function inside another cannot be found by its name."""
    (found,) = look(odd.made(lambda _: passed(f"{os.getpid()}"), name="made_here"))

    assert found.reason == str(os.getpid())


def test_an_artifact_made_here_is_looked_at_in_a_thread(odd: ModuleType, subject: Subject) -> None:
    """Even by a check that could run elsewhere; plain text goes on being looked at there."""
    made_here = type("Feedback", (Feedback,), {"__module__": __name__}).model_validate(FEEDBACK)
    structured = Subject(made_here, subject.case)
    workers, check = CheckWorkers(size=1), odd.made(odd.say_process)

    here, there = (asyncio.run(workers.inspect([check], each))[0] for each in (structured, subject))

    workers.close()
    assert here.reason == str(os.getpid()) != there.reason


def test_a_thread_that_hangs_is_left_behind_three_times(look, odd: ModuleType) -> None:
    """Then the check is not asked any more, so that threads do not pile up."""
    check = odd.made(lambda _: time.sleep(3), name="left", timeout_seconds=0.05)

    reasons = [look(check)[0].reason for _ in range(5)]

    behind = "The check took longer than 0.05 seconds and was left behind: in a thread it cannot be ended."
    assert reasons[:3] == [behind] * 3
    assert reasons[3:] == ["The check took too long 3 times, and is not asked any more."] * 2


def test_no_process_is_a_finding(odd: ModuleType, subject: Subject, monkeypatch) -> None:
    """A system that lets us start nothing does not end the run."""
    monkeypatch.setattr(sys, "executable", str(Path("no") / "python"))
    workers = CheckWorkers(size=1)

    (found,) = asyncio.run(workers.inspect([odd.made(odd.wait)], subject))

    workers.close()
    assert found.reason == "The check could not be begun (FileNotFoundError)."


def test_the_loop_turns_while_checks_work(workers: CheckWorkers, odd: ModuleType, subject: Subject) -> None:
    """Twelve that take a third of a second: no gap comes near the time of one."""

    async def longest_gap() -> float:
        work = asyncio.gather(*(workers.inspect([odd.made(odd.wait)], subject) for _ in range(12)))
        gap, last = 0.0, time.monotonic()
        while not work.done():
            await asyncio.sleep(0.005)
            gap, last = max(gap, time.monotonic() - last), time.monotonic()
        assert {found.reason for (found,) in await work} == {"I waited."}
        return gap

    assert asyncio.run(longest_gap()) < 0.2


@pytest.mark.parametrize("is_here", [False, True], ids=["in a process", "in a thread"])
def test_cancelling_ends_what_is_under_way(odd: ModuleType, subject: Subject, *, is_here: bool) -> None:
    """At once, with what waits for its turn; and the next answer is looked at."""
    workers = CheckWorkers(size=1)
    hang = (lambda _: Event().wait(15)) if is_here else odd.hang
    checks = [odd.made(hang, name="first"), odd.made(hang, name="in line")]

    async def cancel() -> str:
        await workers.inspect([odd.made(odd.say_process)], subject)
        work = asyncio.ensure_future(workers.inspect(checks, subject))
        await asyncio.sleep(0.2)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        return (await workers.inspect([odd.made(odd.say_process)], subject))[0].outcome

    start = time.monotonic()
    outcome = asyncio.run(cancel())
    workers.close()

    assert outcome is Outcome.PASS
    assert time.monotonic() - start < 10


def test_closing_ends_every_process(odd: ModuleType, subject: Subject) -> None:
    """Idle ones and busy ones; closing twice does nothing."""
    workers = CheckWorkers(size=2)
    (idle,) = asyncio.run(workers.inspect([odd.made(odd.say_process)], subject))

    workers.close()
    workers.close()

    assert _is_gone(int(idle.reason))


SCRIPT = """
import asyncio, sys
from odd_checks import backtrack, made, say_process
from sandbox.contracts.check import Subject, passed
from sandbox.domain.trial import Case
from sandbox.pipeline.check_processes.check_workers import CheckWorkers

print("started", flush=True)
subject = Subject("", Case(id="a"))
workers = CheckWorkers(size=1)

def mine(subject):
    return passed("I am the script's.")

for check in (made(mine, name="mine"), made(say_process)):
    print(asyncio.run(workers.inspect([check], subject))[0].reason, flush=True)

async def get_busy():
    work = asyncio.ensure_future(workers.inspect([made(backtrack, timeout_seconds=1.5)], subject))
    await asyncio.sleep(0.5)
    print("busy", flush=True)
    await work

if sys.argv[1:]:
    asyncio.run(get_busy())
"""


def _script(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """A teacher's script that does not say `if __name__ == "__main__"`."""
    path = folder / "script.py"
    path.write_text(SCRIPT, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(path), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)},
    )


def test_a_script_is_not_started_again_in_a_worker(tmp_path: Path) -> None:
    """It starts once; its own checks run in a thread; and no process is left when it ends."""
    with _script(tmp_path) as script:
        told, complaint = script.communicate(timeout=60)
    started, mine, worker = told.split("\n", 2)

    assert (started, mine, complaint, script.returncode) == ("started", "I am the script's.", "", 0)
    assert int(worker) != script.pid
    assert _is_gone(int(worker))


def test_no_worker_outlives_a_killed_parent(tmp_path: Path) -> None:
    """Not even one in a regular expression that never ends."""
    with _script(tmp_path, "busy") as script:
        assert script.stdout is not None
        *_, worker, busy = [script.stdout.readline().strip() for _ in range(4)]
        script.kill()

    assert busy == "busy"
    assert _is_gone(int(worker))


def test_a_worker_holds_no_keys(odd: ModuleType, subject: Subject, monkeypatch) -> None:
    """What looks at answers asks nobody, and so needs none."""
    monkeypatch.setenv("ACME_API_KEY", "sk-0123456789")
    monkeypatch.setenv("ACME_RECORDS", "postgresql://anna:pencil@school/records")
    monkeypatch.setenv("ACME_COLOUR", "green")
    workers = CheckWorkers(size=1)

    (found,) = asyncio.run(workers.inspect([odd.made(odd.say_environment)], subject))

    workers.close()
    names = set(found.reason.split())
    assert "ACME_COLOUR" in names
    assert not names & {"ACME_API_KEY", "ACME_RECORDS"}


def test_a_worker_keeps_its_line_to_itself(look, odd: ModuleType) -> None:
    """What a check prints goes nowhere, and it reads nothing."""
    (found,) = look(odd.made(odd.chat))

    assert found.reason == "I read '' and b''."


def test_a_worker_that_was_closed_says_nothing(odd: ModuleType) -> None:
    """Closing a worker that never began is safe, too."""
    worker = WorkerProcess()

    worker.close()

    assert worker.is_fresh


def test_what_a_check_says_is_the_same_everywhere(look, odd: ModuleType, subject: Subject) -> None:
    """A judgement comes through a process unchanged."""
    check = odd.made(odd.wait)

    assert look(check) == inspect_answer([check], subject)


def test_evidence_that_is_none_is_an_error(look, odd: ModuleType) -> None:
    """In a thread as in a process."""
    judgement = Judgement(Outcome.PASS, "It is fine.", ("text",))  # type: ignore[arg-type]  # the mistake

    (found,) = look(odd.made(lambda _: judgement))

    assert found.reason == "The check gave words that cannot be kept."
