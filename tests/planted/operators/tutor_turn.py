"""Ways to break a turn of a tutor."""

import re

from tests.planted.planting import breaks
from tests.planted.unbroken import Answer

_GUESS = "Tutor: What do you think?\nStudent: idk maybe 7?"
_QUESTION = re.compile(r"\s*[^.!?]*\?")


def _is_english(turn: Answer) -> bool:
    return turn.case.inputs.get("language", "en") == "en"


def _turn(turn: Answer, **changes: object) -> Answer:
    return turn.showing(turn.record | changes)


def _first(turn: Answer, words: str) -> Answer | None:
    """The turn opens with these words."""
    return _turn(turn, tutor_says=f"{words} {turn.record['tutor_says']}") if _is_english(turn) else None


def _last(turn: Answer, words: str) -> Answer | None:
    """The turn ends with these words."""
    return _turn(turn, tutor_says=f"{turn.record['tutor_says']} {words}") if _is_english(turn) else None


def _guessed(turn: Answer, words: str = "") -> Answer | None:
    """The student guesses, and the tutor says this, or what it said anyway."""
    if words and not _is_english(turn):
        return None
    guessed = turn.asked(inputs=turn.case.inputs | {"dialogue": _GUESS})
    said = words or turn.record["tutor_says"]
    note = "The student seems to guess." if _is_english(turn) else "Parece que adivina."
    return _turn(
        guessed, error_type="guess", strategy="give_hint", hint_level=1, tutor_says=said, teacher_note=note
    )


@breaks("one_question")
def a_second_question_follows(turn: Answer) -> Answer | None:
    """The student may choose which one to answer."""
    return _last(turn, "And how do you know?")


@breaks("one_question")
def a_second_question_follows_in_spanish(turn: Answer) -> Answer | None:
    """The same in the other language."""
    if _is_english(turn):
        return None
    return _turn(turn, tutor_says=f"{turn.record['tutor_says']} ¿Y cómo lo sabes?")


@breaks("one_question")
def questions_rain_down(turn: Answer) -> Answer | None:
    """Four at once."""
    return _last(turn, "What changes? What stays the same? What would you try next?")


@breaks("one_question")
def one_sentence_asks_three_things(turn: Answer) -> Answer | None:
    """There is one question mark for all of them."""
    said = turn.record["tutor_says"].rstrip("?")
    words = ", why do you think so, and would it be the same with other examples?"
    return _turn(turn, tutor_says=said + words) if _is_english(turn) else None


@breaks("one_question")
def more_is_asked_without_a_mark(turn: Answer) -> Answer | None:
    """Two more questions are worded as wishes."""
    return _last(turn, "Tell me also why that is so. And I wonder what else could be true.")


@breaks("one_question")
def nothing_is_asked(turn: Answer) -> Answer | None:
    """The dialogue is over."""
    return _turn(turn, tutor_says="Thank you, a nice thought.") if _is_english(turn) else None


@breaks("guess_is_probed")
def a_guess_gets_the_hint_at_once(turn: Answer) -> Answer | None:
    """What the turn said anyway is said to a guess."""
    return _guessed(turn)


@breaks("guess_is_probed")
def a_guess_is_sent_to_guess_again(turn: Answer) -> Answer | None:
    """Another one is asked for."""
    return _guessed(turn, "Nice try, but no. Guess again!")


@breaks("guess_is_probed")
def a_guess_is_called_one(turn: Answer) -> Answer | None:
    """The student is told so, and not asked."""
    return _guessed(turn, "That sounds like a guess to me. Look at the task once more and then decide.")


@breaks("guess_is_probed")
def a_guess_is_asked_how_sure(turn: Answer) -> Answer | None:
    """How sure somebody is tells nothing of the reasons."""
    return _guessed(turn, "How sure are you about that, from 1 to 5?")


@breaks("guess_is_probed")
def a_guess_is_met_with_why_not(turn: Answer) -> Answer | None:
    """It begins with why, and asks for something else."""
    return _guessed(turn, "Why don't you read the task once more and give me another answer?")


@breaks("hint_before_telling")
def a_hint_is_called_none(turn: Answer) -> Answer | None:
    """What it says of itself does not fit."""
    return _turn(turn, hint_level=0) if turn.record["strategy"] == "give_hint" else None


@breaks("hint_before_telling")
def a_mistake_is_confirmed(turn: Answer) -> Answer | None:
    """The turn names a mistake and agrees with it."""
    if turn.record["error_type"] == "none" or not _is_english(turn):
        return None
    words = "Yes, you have got it. What comes next?"
    return _turn(turn, strategy="confirm", tutor_says=words)


@breaks("hint_before_telling")
def the_question_is_gone(turn: Answer) -> Answer | None:
    """The turn means to ask, and does not."""
    said = _QUESTION.sub("", turn.record["tutor_says"]).strip()
    return _turn(turn, tutor_says=said) if turn.record["strategy"] == "ask_question" and said else None


@breaks("hint_before_telling")
def it_corrects_at_the_start(turn: Answer) -> Answer | None:
    """There was no hint before."""
    if turn.record["error_type"] == "none":
        return None
    return _turn(turn, strategy="correct_directly", hint_level=0)


@breaks("hint_before_telling")
def the_solution_is_read_out(turn: Answer) -> Answer | None:
    """What the teacher keeps for the end is the first thing said."""
    solution = turn.case.inputs.get("solution")
    words = f"Here is how it goes: {solution} Do you see it?"
    return _turn(turn, tutor_says=words, hint_level=1) if solution else None


@breaks("hint_before_telling")
def the_answer_comes_before_the_question(turn: Answer) -> Answer | None:
    """The student may only explain it."""
    if turn.record["error_type"] == "none" or not _is_english(turn) or not turn.case.answer_key:
        return None
    words = f"Not quite. You want to end up with this: {turn.case.answer_key[0]}. How could one get there?"
    return _turn(turn, tutor_says=words, hint_level=1)


@breaks("tone_is_kind")
def listening_is_doubted(turn: Answer) -> Answer | None:
    """The student is scolded before the hint."""
    return _first(turn, "We did this yesterday. Were you even listening?")


@breaks("tone_is_kind")
def the_answer_is_ridiculed(turn: Answer) -> Answer | None:
    """It is called nonsense."""
    return _first(turn, "That makes no sense at all, what nonsense.")


@breaks("tone_is_kind")
def the_task_is_called_baby_stuff(turn: Answer) -> Answer | None:
    """Whoever finds it hard must feel small."""
    return _first(turn, "Come on, any toddler could do this one.")


@breaks("tone_is_kind")
def a_partner_was_faster(turn: Answer) -> Answer | None:
    """The student is measured by the next chair."""
    return _first(turn, "Your partner got this in a second.")


@breaks("tone_is_kind")
def the_tutor_is_tired_of_it(turn: Answer) -> Answer | None:
    """There is no bad word in it, and no warmth."""
    return _first(turn, "Oh dear, not again. I am running out of ways to explain this to you.")


@breaks("few_next_steps")
def a_turn_is_a_list_of_errands(turn: Answer) -> Answer | None:
    """Many short sentences each ask for something."""
    return _first(
        turn,
        "Read the task. Underline a number. Draw it. Label it. Tell a friend. Write it. Check it.",
    )


@breaks("few_next_steps")
def a_turn_is_a_list_with_dashes(turn: Answer) -> Answer | None:
    """The list has no full stops."""
    words = "Please do this next:\n- reread the task\n- underline\n- draw it\n- label it\n- try it\n- write"
    return _turn(turn, tutor_says=words) if _is_english(turn) else None


@breaks("few_next_steps")
def a_turn_strings_its_tasks_together(turn: Answer) -> Answer | None:
    """One sentence sends the student through seven of them."""
    words = (
        "Go back to the task, underline what is asked, draw a picture, label every part, tell a friend "
        "what you see, write down what they say, try it with another example, and then come back to me."
    )
    return _turn(turn, tutor_says=words) if _is_english(turn) else None


@breaks("few_next_steps")
def a_turn_asks_for_more_at_the_end(turn: Answer) -> Answer | None:
    """Three tasks are added, for later."""
    return _last(turn, "After that, redo the last two. Then write a rule. Bring both to class on Monday.")
