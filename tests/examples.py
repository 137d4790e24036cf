"""Whole examples that several tests start from."""

from typing import Any

FEEDBACK: dict[str, Any] = {
    "strengths": [
        {
            "quote": "I added the tops 3 + 2 = 5",
            "why": "You show each step, so a reader can follow how you found five pieces.",
        }
    ],
    "next_steps": [
        {
            "quote": "the bottoms 8 + 8 = 16",
            "what": "Look again at what the bottom number, the denominator, tells you about the size of the pieces.",
            "how": "Draw one bar cut into eight equal parts. Shade three parts, then two more. What size is each part?",
        }
    ],
    "question": "When you put pieces of one cake together, does the size of a piece change?",
    "is_revision_needed": True,
    "teacher_note": "The student adds denominators. Check whether fraction bars were used in class before this task.",
    "confidence": "high",
}
