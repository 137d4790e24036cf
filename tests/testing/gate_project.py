"""A project with suites of its own, in which pytest is run with the plugin."""

import json
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest

SCRIPT = Path(__file__).parents[1] / "end_to_end" / "scripted_feedback.jsonl"
STUDENTS_WORDS = "I added the tops 3 + 2 = 5 and the bottoms 8 + 8 = 16"
SUITE = """
name: {name}
version: "1.0.0"
prompt: feedback
summary: Two invented cases.
gate: {{minimum_cases: 2, answered: 0.2, rates: {{sections_present: 0.2}}{policy}}}
"""
CASES = """
- id: no-elephant
  inputs: {{grade: "4", subject: Mathematics, task: Add {name}., student_work: {work}}}
  must: [elephant]
- id: anything
  inputs: {{grade: "4", subject: Mathematics, task: Draw {name}., student_work: {work}}}
"""


class GateProject:
    """A folder with `sandbox.toml`, a script of answers, and suites as they are asked for."""

    students_words = STUDENTS_WORDS

    def __init__(self, pytester: pytest.Pytester) -> None:
        self._pytester = pytester
        self.home = pytester.path
        (self.home / "sandbox.toml").write_text('model = "scripted/answers.jsonl"\n', encoding="utf-8")
        (self.home / "answers.jsonl").write_bytes(SCRIPT.read_bytes())

    def suite(self, name: str, policy: str = "", *, home: Path | None = None) -> Path:
        """Write a suite; the gate says adopt unless its policy says more. Gives its file."""
        folder = (home or self.home) / "evals" / name
        folder.mkdir(parents=True)
        (folder / "cases.yaml").write_text(CASES.format(name=name, work=STUDENTS_WORDS), encoding="utf-8")
        text = SUITE.format(name=name, policy=f", {policy}" if policy else "")
        if "minimum_cases" in policy:
            text = text.replace("minimum_cases: 2, ", "")
        file = folder / "suite.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    def answers(self, *lines: Mapping[str, str]) -> None:
        """Let the model say this."""
        text = "".join(f"{json.dumps(line)}\n" for line in lines)
        (self.home / "answers.jsonl").write_text(text, encoding="utf-8")

    def test(self, code: str) -> None:
        """Write an ordinary test."""
        (self.home / "tests").mkdir(exist_ok=True)
        (self.home / "tests" / "test_it.py").write_text(code, encoding="utf-8")

    def run(self, *arguments: str, setting: str = "") -> pytest.RunResult:
        """Run pytest with the plugin and no other."""
        self._pytester.makeini(f"[pytest]\n{setting}\n")
        plugins = ("-p", "sandbox.testing.pytest_plugin", "-p", "no:cacheprovider")
        return self._pytester.runpytest_inprocess(*plugins, *arguments)

    def run_elsewhere(self, *arguments: str) -> pytest.RunResult:
        """Run pytest in a process of its own, with the plugins that it finds by itself."""
        return self._pytester.runpytest_subprocess("-p", "no:cacheprovider", *arguments)

    def properties(self, junit_file: str) -> dict[str, str]:
        """The properties of the one test in a JUnit file."""
        tree = ElementTree.parse(self.home / junit_file)
        return {each.attrib["name"]: each.attrib["value"] for each in tree.iter("property")}
