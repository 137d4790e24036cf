"""The texts of an answer that speak to the student."""

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.contracts.check import Subject
from sandbox.domain.passages import Passage


def student_passages(subject: Subject) -> tuple[Passage, ...]:
    """What an answer says to the student in its own words: quotes and notes to the teacher are left out."""
    match subject.answer:
        case str():
            return subject.passages
        case Feedback() as feedback:
            return (
                *(Passage(f"strengths[{i}].why", item.why) for i, item in enumerate(feedback.strengths)),
                *(
                    passage
                    for i, item in enumerate(feedback.next_steps)
                    for passage in (
                        Passage(f"next_steps[{i}].what", item.what),
                        Passage(f"next_steps[{i}].how", item.how),
                    )
                ),
                Passage("question", feedback.question),
            )
        case _:
            return ()
