"""An evaluation that is killed again and again while it runs, and goes on each time.

python -m tests.end_to_end.killed_runs --kills 50 --trials 2000
"""

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sandbox.domain.trial import Case
from tests.end_to_end.counting_server import CountingServer

AT_ONCE = 50
SUITE = """\
name: killed
version: 1.0.0
prompt: feedback
summary: Many short works.
cases: cases.jsonl
gate: {rates: {sections_present: 0.5}}
"""


@dataclass(frozen=True, slots=True)
class Kill:
    """What a kill cost."""

    stored: int
    """Trials that were on record when it was over."""
    answers: int
    """Answers that the server had sent until then, those that nobody took included."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it all."""

    kills: tuple[Kill, ...]
    stored: int
    asked_again: int
    """Trials that were asked again although they were on record."""
    answers: int


def write_project(home: Path, url: str, trials: int) -> None:
    """A folder with a suite of so many trials, to be asked of this server."""
    suite = home / "evals" / "killed"
    suite.mkdir(parents=True)
    (suite / "suite.yaml").write_text(SUITE, encoding="utf-8")
    inputs = {"grade": "4", "subject": "Mathematics", "task": "Add 3/8 + 2/8."}
    with (suite / "cases.jsonl").open("w", encoding="utf-8") as file:
        for number in range(trials):
            name = f"case-{number:06d}"
            case = Case(id=name, inputs=inputs | {"student_work": f"{name}: I think it is {number} parts."})
            file.write(case.model_dump_json(exclude_defaults=True) + "\n")
    settings = f'[providers.openai_http]\nbase_url = "{url}"\nmax_concurrency = {AT_ONCE}\n'
    (home / "sandbox.toml").write_text(settings, encoding="utf-8")


def start(home: Path) -> subprocess.Popen[bytes]:
    """The evaluation in a process of its own."""
    command = [sys.executable, "-m", "sandbox.cli.main", "-C", str(home), "eval", "killed", "--no-report"]
    with (home / "stderr.txt").open("wb") as talk:
        return subprocess.Popen(
            [*command, "-m", "openai_http/counted"],
            stdout=subprocess.DEVNULL,
            stderr=talk,
            env=os.environ | {"OPENAI_API_KEY": "none"},
        )


def stored_cases(home: Path) -> list[str]:
    """The cases on record, from a database that is sound."""
    path = home / ".sandbox" / "records.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as records:
        assert records.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not records.execute("SELECT 1 FROM sqlite_master WHERE name = 'trials'").fetchone():
            return []  # killed before the tables were there
        placed = records.execute("SELECT count(*) FROM evaluation_trials").fetchone()
        found = [
            case for (case,) in records.execute("SELECT case_id FROM trials WHERE status = 'answered'")
        ]
    assert placed == (len(found),)  # a trial is wholly there or not at all
    return found


def kill_again_and_again(
    home: Path, server: CountingServer, *, kills: int, trials: int, seed: int
) -> Outcome:
    """Kill at so many moments, then let it come to its end."""
    draw = random.Random(seed)
    done: list[Kill] = []
    answered_when_stored: dict[str, int] = {}
    while len(done) < kills:
        answers = server.answered.total() + draw.randint(0, 2 * (trials // (kills + 2)))
        process = start(home)
        while server.answered.total() < answers and process.poll() is None:
            time.sleep(0.002)
        time.sleep(draw.uniform(0, 0.05) if answers > server.answered.total() - AT_ONCE else 0)
        assert process.poll() is None, "It ended before it could be killed."
        process.kill()
        process.wait()
        time.sleep(0.2)  # what the server is still writing goes nowhere
        for case in stored_cases(home):
            answered_when_stored.setdefault(case, server.answered[case])
        done.append(Kill(len(answered_when_stored), server.answered.total()))
    code = start(home).wait()
    assert code in {0, 1, 2}, (home / "stderr.txt").read_text(encoding="utf-8")
    stored = stored_cases(home)
    assert len(stored) == len(set(stored)) == trials
    asked_again = sum(server.answered[case] > before for case, before in answered_when_stored.items())
    return Outcome(tuple(done), len(stored), asked_again, server.answered.total())


def main() -> None:
    """Print what it cost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--trials", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    known = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, CountingServer() as server:
        write_project(Path(folder), server.url, known.trials)
        outcome = kill_again_and_again(
            Path(folder), server, kills=known.kills, trials=known.trials, seed=known.seed
        )
    again = outcome.answers - outcome.stored
    sys.stdout.write(
        f"{known.kills} kills: {outcome.stored} trials on record, {outcome.answers} answers sent.\n"
        f"{outcome.asked_again} trials were asked again that had been on record.\n"
        f"{again / max(known.kills, 1):.1f} answers a kill were not on record; up to {AT_ONCE} were "
        "under way.\n"
    )


if __name__ == "__main__":
    main()
