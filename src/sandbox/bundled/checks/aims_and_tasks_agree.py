"""Check: what a lesson plan practices, and asks at its end, is what its objective says."""

from collections.abc import Iterable

from sandbox.bundled.artifacts.lesson_plan import LessonPlan, Task
from sandbox.bundled.reading.lesson_words import all_stems, is_about, is_spanish, knows_words, topic_stems
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.domain.finding import Evidence


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    if not knows_words(subject):
        return not_applicable("The words of this language cannot be compared by this check.")
    spanish = is_spanish(subject)
    aim = all_stems(
        (plan.objective, plan.title, *plan.success_criteria, *(word.term for word in plan.keywords)),
        spanish=spanish,
    )
    content = all_stems(
        (
            *plan.key_points,
            *(word.definition for word in plan.keywords),
            plan.worked_example,
            *(text for item in plan.misconceptions for text in (item.misconception, item.response)),
        ),
        spanish=spanish,
    )
    if not aim:
        return not_applicable("The objective has no words that could be compared.")

    def is_foreign(tasks: Iterable[Task]) -> bool:
        said = [f"{item.task}\n{item.answer}" for item in tasks]
        return not any(
            is_about(text, aim, spanish=spanish)
            or not topic_stems(text, spanish=spanish).isdisjoint(content)
            for text in said
        )

    objective = Evidence(quote=plan.objective, where="objective")
    if plan.exit_ticket and is_foreign(plan.exit_ticket):
        return failed(
            "The exit ticket shares no word with the objective or the content, so it cannot show who "
            "reached it.",
            *_quoted(plan.exit_ticket, "exit_ticket"),
            objective,
        )
    if plan.practice and is_foreign(plan.practice):
        return warned(
            "The practice shares no word with the objective or the content.",
            *_quoted(plan.practice, "practice"),
            objective,
        )
    return passed("Practice and exit ticket are about what the objective says.")


def _quoted(tasks: tuple[Task, ...], field: str) -> list[Evidence]:
    return [
        Evidence(quote=item.task, where=f"{field}[{index}].task")
        for index, item in enumerate(tasks)
        if item.task.strip()
    ]


CHECK = Check(
    name="aims_and_tasks_agree",
    version="1.0.0",
    title="Tasks fit the objective",
    why=(
        "Students learn what they practice. If the exit ticket asks for something else than the "
        "objective, it "
        "shows nothing about the lesson."
    ),
    how=(
        "The words of the tasks and their answers, without their endings, are compared with those of the "
        "objective, the title, the criteria, the keywords, the key points, the worked example and the "
        "wrong ideas; signs count as words, such as + for adding. If the exit ticket shares none, it "
        "fails; if the practice shares none, it warns."
    ),
    mend="Ask that practice and exit ticket have students do the very thing that the objective names.",
    source="Biggs (1996), Enhancing Teaching through Constructive Alignment.",
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits=(
        "A shared word is no proof: it cannot tell whether a task asks for the same thinking as the "
        "objective. "
        "English and Spanish only."
    ),
)
