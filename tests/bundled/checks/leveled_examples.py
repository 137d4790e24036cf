"""Leveled texts for tests, made of a few words."""

from sandbox.bundled.artifacts.leveled_text import GlossaryEntry, LeveledText, TextQuestion

BRIDGE = (
    "In 1931 the people of Ardmore built a bridge over the Lorn River. Before that, they crossed the "
    "river in small boats. The boats were slow. In winter, ice stopped them for weeks.\n\n"
    "A builder named Ida Marsh drew the plan. She used steel beams, because steel bends a little and "
    "does not break. Some people did not trust the idea. They thought that a storm would carry the "
    "bridge away. Ida asked 120 people to stand on it at once. The bridge held.\n\n"
    "Today about 400 cars cross the bridge each day. It is 90 meters long. Workers check the beams "
    "every spring and paint them, so that rust does not eat the steel."
)
SOURCE = (
    "The Ardmore Bridge, constructed in 1931 across the Lorn River, superseded an unreliable service "
    "of small boats, which ice interrupted for several weeks each winter. Its designer, Ida Marsh, "
    "specified steel beams on account of their elasticity. To convince skeptics, she assembled one "
    "hundred twenty residents upon the ninety-meter span. At present, 396 cars use it daily. Every "
    "spring, employees of Ardmore County inspect the beams and repaint them against corrosion. "
    "Repairs in 1974 cost $12,000."
)


def leveled(
    text: str = BRIDGE,
    *,
    grade: str = "5",
    glossary: tuple[tuple[str, str], ...] = (),
    questions: tuple[tuple[str, str, str], ...] = (
        ("Who drew the plan?", "Ida Marsh", "A builder named Ida Marsh drew the plan."),
    ),
) -> LeveledText:
    """A leveled text with these words, explained terms, and questions with answer and evidence."""
    return LeveledText(
        title="A bridge of steel",
        grade=grade,
        subject="Social studies",
        rewritten_text=text,
        glossary=tuple(GlossaryEntry(term=term, definition=words) for term, words in glossary),
        questions=tuple(
            TextQuestion(question=question, answer=answer, evidence=evidence)
            for question, answer, evidence in questions
        ),
        kept_ideas=("The bridge took the place of boats.",),
        left_out=(),
    )
