"""What is tried: the lesson that the mock server writes, the cases, and ten checks of it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field

from sandbox.bundled.checks import answer_not_given_away, praises_the_work, reading_level_fits
from sandbox.contracts.check import Check, Judgement, Subject, failed, passed
from sandbox.contracts.hookspecs import hookimpl
from sandbox.domain.artifact import Artifact
from sandbox.domain.document import Document, Paragraph

KIND = "mock_lesson"
SYSTEM = "You are a teacher. Answer with one JSON object and nothing else."
USER = (
    "{{ case }}: write a 50-minute lesson plan about {{ topic }} for grade {{ grade }}. Use the keys case, "
    "title, grade, duration_minutes, objectives, materials, activities and assessment."
)
CARD = """\
name: mock_lesson
version: 1.0.0
summary: A lesson on a topic.
artifact: mock_lesson
reader: teacher
owner: The sandbox developers
intended_use: To see how fast lessons are tried.
not_for: [teaching]
inputs:
  - {name: case, type: text, help: The case., example: case-000001}
  - {name: topic, type: text, help: The topic., example: maps}
  - {name: grade, type: grade, help: The grade., example: 5}
"""
SUITE = """\
name: mock_lesson
version: 1.0.0
prompt: mock_lesson
summary: Lessons on many topics.
cases: cases.jsonl
gate: {rates: {about_the_case: 0.9}}
"""
TOPICS = ("photosynthesis", "the water cycle", "fractions", "simple circuits", "poetry", "maps", "ratio")


class MockLesson(Artifact):
    """The lesson that the mock server always writes."""

    type_name: ClassVar[str] = KIND
    case: str = Field(max_length=40)
    title: str = Field(max_length=200)
    grade: int
    duration_minutes: int
    objectives: tuple[str, ...] = Field(max_length=10)
    materials: tuple[str, ...] = Field(max_length=20)
    activities: tuple[dict[str, Any], ...] = Field(max_length=10)
    assessment: str = Field(max_length=500)
    differentiation: dict[str, str]

    def document(self) -> Document:
        """The lesson, a paragraph a part."""
        parts = [*self.objectives, *self.materials, self.assessment, *self.differentiation.values()]
        parts += [f"{each['name']} ({each['minutes']} min): {each['detail']}" for each in self.activities]
        return Document(title=self.title, blocks=tuple(Paragraph(part) for part in parts))


def _about_the_case(subject: Subject) -> Judgement:
    lesson = subject.artifact
    if isinstance(lesson, MockLesson) and lesson.case == subject.case.id and lesson.objectives:
        return passed("It is about this case, and has objectives.")
    return failed("It is about something else.")


def _minutes_fit(subject: Subject) -> Judgement:
    lesson = subject.artifact
    minutes = sum(each["minutes"] for each in lesson.activities) if isinstance(lesson, MockLesson) else 0
    return passed("The minutes add up.") if minutes == 50 else failed("The minutes do not add up.")


def _has_materials(subject: Subject) -> Judgement:
    lesson = subject.artifact
    has = isinstance(lesson, MockLesson) and len(lesson.materials) > 2
    return passed("There are materials.") if has else failed("There are no materials.")


_WORDS = dict.fromkeys(("title", "why", "how", "mend", "source"), "-")
_OWN = {"about_the_case": _about_the_case, "minutes_fit": _minutes_fit, "has_materials": _has_materials}


@hookimpl
def sandbox_checks() -> list[Check]:
    """Three of our own and three that otherwise look at feedback; with the four for any answer, ten."""
    own = [
        Check(name=name, version="1", run=run, artifacts=(KIND,), is_quick=True, **_WORDS)
        for name, run in _OWN.items()
    ]
    borrowed = [answer_not_given_away.CHECK, praises_the_work.CHECK, reading_level_fits.CHECK]
    return own + [replace(each, name=f"mock_{each.name}", artifacts=(KIND,)) for each in borrowed]


@hookimpl
def sandbox_artifacts() -> list[type[Artifact]]:
    """The lesson."""
    return [MockLesson]


def write_project(home: Path, cases: int, settings: str) -> None:
    """A folder with the prompt, the suite with so many cases, and these settings."""
    prompt, suite = home / "prompts" / KIND, home / "evals" / KIND
    for folder in (prompt, suite):
        folder.mkdir(parents=True, exist_ok=True)
    (prompt / "card.yaml").write_text(CARD, encoding="utf-8")
    (prompt / "system.md.j2").write_text(SYSTEM, encoding="utf-8")
    (prompt / "user.md.j2").write_text(USER, encoding="utf-8")
    (suite / "suite.yaml").write_text(SUITE, encoding="utf-8")
    (home / "sandbox.toml").write_text(settings, encoding="utf-8")
    with (suite / "cases.jsonl").open("w", encoding="utf-8") as file:
        for number in range(cases):
            name = f"case-{number:06d}"
            inputs = {"case": name, "topic": TOPICS[number % len(TOPICS)], "grade": str(5 + number % 8)}
            file.write(json.dumps({"id": name, "inputs": inputs, "must": ["objective | leaf"]}) + "\n")
