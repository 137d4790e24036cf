"""Our own CPU per trial, and memory by number of cases: scripted answers, store, checks, guards on.

Each size runs in a process of its own, so that peak memory is its own.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sandbox import Case, Sandbox
from sandbox.bundled.providers.scripted import ScriptedProvider

SIZES = (500, 2000, 10000)
WORK = "I added the tops 3 + 2 = 5 and the bottoms 8 + 8 = 16 so it is 5/16."
FEEDBACK: dict[str, Any] = {
    "strengths": [
        {"quote": "I added the tops 3 + 2 = 5", "why": "You show each step, so a reader can follow."}
    ],
    "next_steps": [
        {
            "quote": "the bottoms 8 + 8 = 16",
            "what": "Look again at what the bottom number tells you.",
            "how": "Draw a bar cut into eight equal parts and shade three, then two more.",
        }
    ],
    "question": "When you put pieces of one cake together, does the size of a piece change?",
    "is_revision_needed": True,
    "teacher_note": "The student adds denominators.",
    "confidence": "high",
}


def write_suite(home: Path, size: int) -> None:
    """A suite with so many cases, each with its own text."""
    suite = home / "evals" / "load"
    suite.mkdir(parents=True)
    (suite / "suite.yaml").write_text(
        "name: load\nversion: 1.0.0\nprompt: feedback\nsummary: Load.\ncases: cases.jsonl\n"
        "gate: {rates: {sections_present: 0.5}}\n",
        encoding="utf-8",
    )
    inputs = {"grade": "4", "subject": "Mathematics", "task": "Add 3/8 + 2/8."}
    with (suite / "cases.jsonl").open("w", encoding="utf-8") as file:
        for number in range(size):
            case = Case(
                id=f"case-{number}",
                inputs=inputs | {"student_work": f"{WORK} This is my try {number}."},
                roster=("Renata Kowalczyk",),
                answer_key=("5/8",),
            )
            file.write(case.model_dump_json(exclude_defaults=True) + "\n")


def answers() -> list[str]:
    """Answers that differ in every field, so that nothing is read from memory."""
    texts = []
    for number in range(500):
        step = FEEDBACK["next_steps"][0] | {
            "how": f"Draw a bar with {number + 3} parts, then shade {number + 1}."
        }
        why = {"why": f"You show step {number + 1}, so that a reader can follow how you thought."}
        question = f"When you put {number + 2} pieces of cake together, does the size of a piece change?"
        strength = FEEDBACK["strengths"][0] | why
        whole = FEEDBACK | {"strengths": [strength], "next_steps": [step], "question": question}
        texts.append(json.dumps(whole))
    return texts


def measure(size: int) -> None:
    """Print one row for this size."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_suite(home, size)
        with Sandbox(home, plugins=[], providers={"test": ScriptedProvider(answers())}) as sandbox:
            sandbox.evaluate("load", models=["test/m"], limit=1)
            wall, cpu = time.perf_counter(), time.process_time()
            sandbox.evaluate("load", models=["test/m"], label="measured")
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        stored = sum(file.stat().st_size for file in (home / ".sandbox").iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size:6} {cpu / size * 1000:10.2f} {wall:8.2f} {peak:9.0f} {stored / size / 1000:9.1f}")


def main() -> None:
    """Print a row for each size."""
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
        return
    print(" cases  ms CPU/case  wall s   peak MB   kB/case")
    for size in SIZES:
        subprocess.run([sys.executable, __file__, str(size)], check=True)


if __name__ == "__main__":
    main()
