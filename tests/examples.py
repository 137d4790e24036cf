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
            "what": "Look again at what the denominator says about the size of the pieces.",
            "how": "Draw a bar cut into eight equal parts. Shade three parts, then two. What size is each?",
        }
    ],
    "question": "When you put pieces of one cake together, does the size of a piece change?",
    "is_revision_needed": True,
    "teacher_note": "The student adds denominators. Were fraction bars used in class before this task?",
    "confidence": "high",
}
