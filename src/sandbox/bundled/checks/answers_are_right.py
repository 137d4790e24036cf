"""Check: answers to plain arithmetic are right."""

from collections.abc import Iterator
from typing import NamedTuple

from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.artifacts.quiz import ItemKind, Quiz
from sandbox.bundled.reading.equations import read_equations
from sandbox.bundled.reading.worked_answers import arithmetic_of, is_answer_right
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed
from sandbox.domain.finding import Evidence


class _Answer(NamedTuple):
    question: str
    answer: str
    where: str


def _run(subject: Subject) -> Judgement:
    match subject.artifact:
        case Quiz() as quiz:
            answers = list(_of_quiz(quiz))
        case LessonPlan() as plan:
            answers = list(_of_plan(plan))
        case _:
            return not_applicable("It looks at quizzes and lesson plans only.")
    n_judged = 0
    wrong: list[tuple[str, _Answer]] = []
    for answer in answers:
        arithmetic = arithmetic_of(answer.question)
        is_right = is_answer_right(arithmetic, answer.answer) if arithmetic else None
        n_judged += is_right is not None
        if is_right is False:
            wrong.append((arithmetic, answer))
    if wrong:
        lines = "; ".join(_told(arithmetic, answer.answer) for arithmetic, answer in wrong[:3])
        return failed(
            f"Wrong answers: {len(wrong)} of {n_judged} that were worked out: {lines}.",
            *(Evidence(quote=answer.answer, where=answer.where) for _, answer in wrong),
        )
    if n_judged == 0:
        return not_applicable("No question is plain arithmetic that could be worked out.")
    return passed(f"Answers that were worked out, all right: {n_judged}.")


def _of_quiz(quiz: Quiz) -> Iterator[_Answer]:
    for index, item in enumerate(quiz.items):
        if item.kind is ItemKind.MULTIPLE_CHOICE:
            for place, option in enumerate(item.options):
                if option.is_key:
                    yield _Answer(item.stem, option.text, f"items[{index}].options[{place}].text")
        elif item.kind is ItemKind.SHORT_ANSWER:
            for place, text in enumerate(item.accepted_answers):
                yield _Answer(item.stem, text, f"items[{index}].accepted_answers[{place}]")


def _of_plan(plan: LessonPlan) -> Iterator[_Answer]:
    for field, tasks in (("practice", plan.practice), ("exit_ticket", plan.exit_ticket)):
        for index, task in enumerate(tasks):
            yield _Answer(task.task, task.answer, f"{field}[{index}].answer")


def _told(arithmetic: str, answer: str) -> str:
    if arithmetic.startswith("√"):
        return f"the root of {arithmetic[1:]} is not '{answer}'"
    found = read_equations(f"{arithmetic} = 0.5")
    value = found[0].left if found else 0
    shown = str(value) if value.denominator <= 100 else f"{float(value):,.6g}"
    return f"{arithmetic} is {shown}, not '{answer}'"


CHECK = Check(
    name="answers_are_right",
    version="1.0.0",
    title="Answers to sums are right",
    why=(
        "A wrong key marks every student wrong who can do the sum, and nobody looks for the mistake in the "
        "key."
    ),
    how=(
        "A question that is nothing but a sum, such as 'What is 3/4 + 1/8?', '12 x 7 =' or '20% of 50', is "
        "worked out with exact fractions and compared with the key, with each accepted answer, and with "
        "the answers to practice and exit ticket of a lesson plan."
    ),
    mend=(
        "Ask for each answer to be worked out before the question is written down, and once more at the "
        "end; or give questions and answers as an input."
    ),
    source="Plain arithmetic, worked out exactly; no study is needed.",
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan", "quiz"),
    limits=(
        "Word problems, variables, estimates, clock times and answers in words are left out. It knows "
        "English ways to ask, and sums in any language that consist of signs only."
    ),
)
