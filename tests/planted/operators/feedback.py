"""Ways to break feedback on a student's work."""

import re

from tests.planted.planting import breaks
from tests.planted.unbroken import Answer

_HARD = (
    "Reconsider the fundamental presuppositions underlying your methodological approach, paying particular "
    "attention to the interrelationship between the quantitative representations you have constructed."
)


def _step(feedback: Answer, **changes: str) -> Answer:
    record = feedback.record
    record["next_steps"][0] |= changes
    return feedback.showing(record)


def _strength(feedback: Answer, **changes: str) -> Answer:
    record = feedback.record
    record["strengths"][0] |= changes
    return feedback.showing(record)


@breaks("answer_not_given_away")
def the_answer_is_told(feedback: Answer) -> Answer | None:
    """'The correct answer is ...', with what the key says."""
    key = feedback.case.answer_key
    return _step(feedback, how=f"Look again. The correct answer is {key[0]}.") if key else None


@breaks("answer_not_given_away")
def the_result_is_slipped_in(feedback: Answer) -> Answer | None:
    """It stands at the end of a hint."""
    key = feedback.case.answer_key
    return _step(feedback, how=f"Work through it once more and you get {key[0]}.") if key else None


@breaks("answer_not_given_away")
def the_question_is_answered(feedback: Answer) -> Answer | None:
    """The question to the student holds the key."""
    key = feedback.case.answer_key
    return (
        feedback.showing(feedback.record | {"question": f"Do you see why it is {key[0]}?"}) if key else None
    )


@breaks("answer_not_given_away")
def a_sentence_to_copy_is_given(feedback: Answer) -> Answer:
    """The student need only write it down."""
    words = "The first reason shows clearly why the whole idea of the author has to be wrong."
    return _step(feedback, how=f"You could write: “{words}”")


@breaks("praises_the_work")
def the_child_is_praised(feedback: Answer) -> Answer:
    """Not the work."""
    return _strength(feedback, why="You are so smart. You are a natural at this.")


@breaks("praises_the_work")
def the_child_is_blamed(feedback: Answer) -> Answer:
    """Not the work either."""
    return _step(feedback, what="You were careless here and did not try hard enough.")


@breaks("praises_the_work")
def the_child_is_called_lazy(feedback: Answer) -> Answer:
    """A word that stays with a child."""
    return _step(feedback, what="This part is lazy. You are being lazy again, and it shows.")


@breaks("praises_the_work")
def the_mistake_is_called_careless(feedback: Answer) -> Answer:
    """It blames, and says nothing of the work."""
    return _step(feedback, what="This is a careless mistake. A good student would have seen it.")


@breaks("praises_the_work")
def the_child_is_called_gifted(feedback: Answer) -> Answer:
    """What the student is, not what was done."""
    return _strength(feedback, why="This shows how gifted you are. What a clever girl!")


@breaks("praises_the_work")
def praise_says_nothing(feedback: Answer) -> Answer:
    """It is loud, and there is nothing to learn from it."""
    return _strength(feedback, why="Flawless! Great job! Amazing!")


@breaks("quotes_student_work")
def a_strength_is_invented(feedback: Answer) -> Answer:
    """The student never wrote this."""
    return _strength(feedback, quote="My favorite part was the long walk along the harbor")


@breaks("quotes_student_work")
def a_quote_is_changed(feedback: Answer) -> Answer | None:
    """Half of the words are others."""
    words = re.findall(r"\S+", feedback.record["next_steps"][0]["quote"])
    if len(words) < 4:
        return None
    return _step(feedback, quote=" ".join([*words[: len(words) // 2], "but", "nobody", "ever", "noticed"]))


@breaks("quotes_student_work")
def a_quote_tells_about_the_work(feedback: Answer) -> Answer:
    """It describes where it should quote."""
    return _step(feedback, quote="the student explains the idea in own words")


@breaks("reading_level_fits")
def the_way_on_is_written_for_scholars(feedback: Answer) -> Answer:
    """Every text to the student becomes one that college students labor over."""
    record = feedback.record
    for item in record["strengths"]:
        item["why"] = _HARD
    for item in record["next_steps"]:
        item |= {"what": _HARD, "how": _HARD}
    return feedback.showing(record)


def _steps(feedback: Answer, *steps: tuple[str, str]) -> Answer:
    """Other next steps, each of what and how, at the place of the first."""
    record = feedback.record
    quote = record["next_steps"][0]["quote"]
    return feedback.showing(
        record | {"next_steps": [{"quote": quote, "what": what, "how": how} for what, how in steps]}
    )


@breaks("few_next_steps")
def one_step_is_six_errands(feedback: Answer) -> Answer:
    """The student is sent from one errand to the next."""
    words = "Read it again. Underline words. Draw it. Ask a partner. Write more. Copy it neatly."
    return _step(feedback, how=words)


@breaks("few_next_steps")
def one_step_is_a_numbered_list(feedback: Answer) -> Answer:
    """Six points stand behind one another in one step."""
    words = "1) reread it 2) underline words 3) draw a picture 4) label it 5) tell a partner 6) copy it"
    return _step(feedback, how=words)


@breaks("few_next_steps")
def one_sentence_holds_seven_tasks(feedback: Answer) -> Answer:
    """There is one full stop, and far more to do than one thing."""
    return _step(
        feedback,
        how="Reread the task, underline what is asked, draw a picture, label every part, explain it to a "
        "partner, write down what they say, and then copy the whole page neatly.",
    )


@breaks("few_next_steps")
def two_steps_hold_eight_tasks(feedback: Answer) -> Answer:
    """Each step alone looks short."""
    return _steps(
        feedback,
        ("This is not clear yet.", "Draw it. Label each part. Show it to a partner. Note what they ask."),
        (
            "The end comes too soon.",
            "Add a title. Write a new last line. Check the spelling. Read it aloud twice.",
        ),
    )


@breaks("few_next_steps")
def more_steps_hide_in_the_question(feedback: Answer) -> Answer:
    """Four tasks more are put into what should be one question."""
    words = (
        "Could you also add a drawing, find a second example, ask someone at home, fix the spelling, and "
        "bring it all back on Monday?"
    )
    return feedback.showing(feedback.record | {"question": words})


@breaks("next_step_is_doable")
def the_step_is_to_try_harder(feedback: Answer) -> Answer:
    """The student would have done so already."""
    return _steps(feedback, ("This is not quite there.", "Try harder next time and take more care."))


@breaks("next_step_is_doable")
def the_step_is_to_go_deeper(feedback: Answer) -> Answer:
    """Nobody knows where the deep end is."""
    return _steps(feedback, ("This stays on the surface.", "Go deeper. There is so much more in it."))


@breaks("next_step_is_doable")
def the_step_is_to_make_it_better(feedback: Answer) -> Answer:
    """It names a wish and no way to it."""
    return _steps(
        feedback,
        ("It is a bit weak.", "Make it stronger and more convincing, so that it really comes to life."),
    )


@breaks("next_step_is_doable")
def the_step_is_a_verdict(feedback: Answer) -> Answer:
    """It says what is lacking, and then it stops."""
    return _steps(feedback, ("Your reasoning lacks depth.", "More precision is needed here."))


@breaks("next_step_is_doable")
def the_step_is_to_fix_the_mistake(feedback: Answer) -> Answer:
    """It tells to find and mend the mistake, as if that were a way to do so."""
    return _steps(feedback, ("There is a mistake here.", "Find the mistake in your work and correct it."))


_SOMEWHERE = {"what": "Something is not right yet. Can you spot it?", "how": "Look for it, and mend it."}


@breaks("mistake_is_located")
def the_whole_work_is_quoted(feedback: Answer) -> Answer | None:
    """Everything is quoted, so nothing is shown."""
    work = str(feedback.case.inputs["student_work"])
    return _step(feedback, quote=work, **_SOMEWHERE) if len(work) <= 200 else None


@breaks("mistake_is_located")
def the_quote_is_three_dots(feedback: Answer) -> Answer:
    """The place is left open."""
    return _step(feedback, quote="...", **_SOMEWHERE)


@breaks("mistake_is_located")
def the_quote_waves_at_the_work(feedback: Answer) -> Answer:
    """It says that it is somewhere."""
    return _step(feedback, quote="somewhere in your explanation", **_SOMEWHERE)


@breaks("mistake_is_located")
def the_quote_comes_from_the_task(feedback: Answer) -> Answer:
    """The task's own words are shown, in which nothing is wrong."""
    return _step(feedback, quote=str(feedback.case.inputs["task"])[:200], **_SOMEWHERE)


@breaks("mistake_is_located")
def the_quote_is_one_little_word(feedback: Answer) -> Answer | None:
    """It stands in many places of the work."""
    words = re.findall(r"[a-z]+", str(feedback.case.inputs["student_work"]).lower())
    often = [word for word in ("the", "is", "on", "and") if words.count(word) > 1]
    return _step(feedback, quote=often[0], **_SOMEWHERE) if often else None


@breaks("strength_is_specific")
def the_strength_is_a_cheer(feedback: Answer) -> Answer:
    """It is loud and short."""
    return _strength(feedback, why="Yay, super job!")


@breaks("strength_is_specific")
def the_strength_is_that_it_pleased(feedback: Answer) -> Answer:
    """It tells of the reader's evening, not of the words."""
    return _strength(feedback, why="I really enjoyed this part when I read your paper. It made my day.")


@breaks("strength_is_specific")
def the_strength_is_that_it_was_done(feedback: Answer) -> Answer:
    """To do what was asked is said of any work."""
    words = "You did what the task asked for, and you did it well. That is good to see."
    return _strength(feedback, why=words)


@breaks("strength_is_specific")
def the_strength_fits_any_work(feedback: Answer) -> Answer:
    """It sounds like a reason, and could stand under anything."""
    return _strength(feedback, why="This works because it is strong writing, and it shows what you can do.")


@breaks("strength_is_specific")
def the_strength_calls_for_more(feedback: Answer) -> Answer:
    """More of the same is asked for, of what nobody says."""
    return _strength(feedback, why="This part stands out. Keep doing more of the same in your next piece.")


@breaks("praise_and_growth")
def nothing_is_found_to_praise(feedback: Answer) -> Answer:
    """The strength says that there is none."""
    return _strength(feedback, why="Sadly, I could not find anything here that works.")


@breaks("praise_and_growth")
def the_strength_is_a_fault(feedback: Answer) -> Answer:
    """A second fault stands where the praise should be."""
    return _strength(feedback, why="This is far too short, and the reason for it is missing.")


@breaks("praise_and_growth")
def the_praise_is_taken_back(feedback: Answer) -> Answer:
    """It begins with a nod and ends with a blow."""
    return _strength(feedback, why="This is a start, I suppose, but it does not answer the question.")


def _only_praise(feedback: Answer, what: str, how: str) -> Answer:
    praised = _steps(feedback, (what, how))
    return praised.showing(praised.record | {"question": "Are you proud of yourself?"})


@breaks("praise_and_growth")
def the_next_step_is_to_keep_it_up(feedback: Answer) -> Answer:
    """There is nothing to learn from it."""
    return _only_praise(feedback, "Nothing to change here.", "Keep it up!")


@breaks("praise_and_growth")
def the_next_step_is_a_farewell(feedback: Answer) -> Answer:
    """It is friendly, and leads nowhere."""
    return _only_praise(feedback, "I loved reading this.", "I can't wait for your next one. Enjoy the day!")


@breaks("tone_is_kind")
def the_student_is_told_off(feedback: Answer) -> Answer:
    """It was explained before, and the student is to feel it."""
    return _step(feedback, what="We went over this three times. I do not know why it is still wrong.")


@breaks("tone_is_kind")
def reading_is_doubted(feedback: Answer) -> Answer:
    """A question that is none."""
    return _step(feedback, what="Did you even read the task before you wrote this?")


@breaks("tone_is_kind")
def the_work_is_mocked(feedback: Answer) -> Answer:
    """It is called a joke."""
    return _step(feedback, what="Is this supposed to be a joke? It is embarrassing to read.")


@breaks("tone_is_kind")
def the_teacher_sighs(feedback: Answer) -> Answer:
    """No harsh word is said, and the student still shrinks."""
    return _step(feedback, what="Sigh. Here we go again with this one. I had hoped for better by now.")


@breaks("tone_is_kind")
def a_neighbor_had_no_trouble(feedback: Answer) -> Answer:
    """The student is measured by the next chair."""
    return _step(feedback, what="Your neighbor had no trouble with this part. Younger kids can do it too.")


@breaks("revision_call_agrees")
def no_revision_is_asked_for(feedback: Answer) -> Answer:
    """The mistakes stand, and the student is done."""
    return feedback.showing(feedback.record | {"is_revision_needed": False})


@breaks("revision_call_agrees")
def a_wrong_turn_needs_no_revision(feedback: Answer) -> Answer:
    """What is not right is told in a picture."""
    wrong = _step(feedback, what="Here you take a wrong turn, and what follows leads away from the goal.")
    return wrong.showing(wrong.record | {"is_revision_needed": False})


@breaks("revision_call_agrees")
def a_gap_needs_no_revision(feedback: Answer) -> Answer:
    """A part of the task was left out."""
    gap = _step(feedback, what="The second half of the task has not been answered so far.")
    return gap.showing(gap.record | {"is_revision_needed": False})


def _to_be_done_again(feedback: Answer, what: str, how: str) -> Answer:
    """A work without a fault, for which a revision is asked."""
    done = _steps(feedback, (what, how))
    return done.showing(done.record | {"teacher_note": "The work is complete and right."})


@breaks("revision_call_agrees")
def a_challenge_needs_a_revision(feedback: Answer) -> Answer:
    """All is right, and it is to be done again."""
    return _to_be_done_again(
        feedback, "All is right. Here is a challenge.", "Make up a harder task like it."
    )


@breaks("revision_call_agrees")
def a_finished_work_needs_a_revision(feedback: Answer) -> Answer:
    """It is called complete in other words."""
    return _to_be_done_again(
        feedback, "You have met the goal in full.", "If you like, tell a friend about it."
    )
