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

LESSON_PLAN: dict[str, Any] = {
    "title": "Equivalent fractions with area models",
    "grade": "4",
    "subject": "Mathematics",
    "duration_minutes": 45,
    "standards": ["4.NF.A.1"],
    "objective": "I can explain why two fractions are equivalent by drawing an area model.",
    "success_criteria": [
        "I can draw two models of the same size.",
        "I can show that the shaded parts match.",
        "I can name both fractions.",
    ],
    "prior_knowledge": [
        "A fraction names equal parts of a whole.",
        "The denominator says how many parts there are.",
    ],
    "key_points": [
        "Equivalent fractions name the same amount.",
        "Cutting every part in two doubles both numbers.",
    ],
    "keywords": [
        {"term": "equivalent", "definition": "having the same value or size"},
        {"term": "numerator", "definition": "how many parts are counted"},
    ],
    "misconceptions": [
        {
            "misconception": "A fraction with bigger numbers is bigger.",
            "response": "Lay the two models on each other and compare the shaded area.",
        }
    ],
    "worked_example": "Shade 1/2 of a bar. Cut every part in two. Now 2 of 4 parts are shaded: 1/2 = 2/4.",
    "segments": [
        {
            "title": "What do you see?",
            "phase": "starter",
            "minutes": 8,
            "teacher_does": "Shows three bars and asks which show one half.",
            "students_do": "Write the fractions on a board.",
            "check_for_understanding": "Hold up your board: which bars show one half?",
        },
        {
            "title": "Cutting parts",
            "phase": "explain",
            "minutes": 12,
            "teacher_does": "Does the worked example with paper strips.",
            "students_do": "Fold along with their own strip.",
            "check_for_understanding": "On your board, write the fraction after the second fold.",
        },
        {
            "title": "With a partner",
            "phase": "guided practice",
            "minutes": 15,
            "teacher_does": "Walks round and asks for reasons.",
            "students_do": "Draw two models for each pair of fractions.",
            "check_for_understanding": "Show with fingers how many fourths make one half.",
        },
        {
            "title": "Exit ticket",
            "phase": "review",
            "minutes": 10,
            "teacher_does": "Collects the tickets.",
            "students_do": "Answer the exit ticket alone.",
            "check_for_understanding": "Every student hands in the ticket.",
        },
    ],
    "practice": [{"task": "Draw models for 1/3 and 2/6.", "answer": "Both shade one third."}],
    "differentiation": [
        {"need": "is learning English", "support": "A card with the words and a picture of each."}
    ],
    "exit_ticket": [
        {
            "task": "Is 2/3 equivalent to 4/6? Draw how you know.",
            "answer": "Yes: every third is cut in two.",
        }
    ],
    "materials": ["paper strips", "mini whiteboards"],
    "safety_notes": [],
}
