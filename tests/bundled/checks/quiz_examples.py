"""Quizzes for tests, made of a few words."""

from sandbox.bundled.artifacts.quiz import Item, ItemKind, Option, Quiz


def choice(stem: str, key: str, *distractors: str, at: int = 1) -> Item:
    """A multiple choice item whose key stands at a place, counted from 0; each distractor has a reason."""
    wrong = [
        Option(text=text, is_key=False, misconception=f"May have mixed up step {number} and '{text[:60]}'.")
        for number, text in enumerate(distractors, 1)
    ]
    options = (*wrong[:at], Option(text=key, is_key=True, misconception=""), *wrong[at:])
    return Item(
        stem=stem,
        kind=ItemKind.MULTIPLE_CHOICE,
        options=options,
        accepted_answers=(),
        hint="Look at your notes.",
        explanation="We did one like it on Monday.",
        depth=1,
    )


def written(stem: str, *accepted: str, kind: ItemKind = ItemKind.SHORT_ANSWER) -> Item:
    """An item whose answer is written down."""
    return Item(
        stem=stem,
        kind=kind,
        options=(),
        accepted_answers=accepted,
        hint="",
        explanation="We did one like it on Monday.",
        depth=1,
    )


def quiz(*items: Item, title: str = "Friday check", topic: str = "what we did this week") -> Quiz:
    """A quiz of these items."""
    return Quiz(
        title=title,
        grade="5",
        subject="Any",
        topic=topic,
        instructions="Work on your own.",
        items=items,
    )
