"""Ways to break a lesson plan."""

from collections.abc import Iterator

from sandbox.bundled.artifacts.lesson_plan import Phase
from tests.planted.planting import breaks
from tests.planted.unbroken import Answer

STARTER, EXPLAIN, GUIDED, ALONE, REVIEW = Phase
SPELLINGS = (
    ("Explains the color code", "Use the colour code"),
    ("Shows the gray cards", "Lay out the grey cards"),
    ("Has each group analyze a mistake", "Take turns at analysing a mistake"),
    ("Asks what was learned", "Say what they learnt"),
    ("Asks all to cooperate", "Co-operate"),
)
SITTING = (
    "Follow along as the slides are shown.",
    "Stay in their seats and pay attention.",
    "Enjoy the film on the topic.",
    "Two volunteers solve it at the board; the rest of the class follow in silence.",
)
HAZARDS = (
    "Light a candle at each table and tell what they see.",
    "Cut a model out of cardboard with craft knives.",
    "Walk along the main road to the creek and take notes there.",
    "Count out peanuts for their group and eat them at the end.",
    "Climb on chairs to hang their posters above the board.",
    "Plug in the hot plate and watch the water until it boils.",
)


def _segments(plan: Answer, place: int, **changes: object) -> Answer:
    record = plan.record
    record["segments"][place] |= changes
    return plan.showing(record)


def _with(plan: Answer, **fields: object) -> Answer:
    return plan.showing(plan.record | fields)


def _in_order(plan: Answer, *phases: Phase) -> Answer:
    kept = [each for each in plan.record["segments"] if each["phase"] in phases]
    minutes = sum(each["minutes"] for each in kept)
    ordered = sorted(kept, key=lambda each: phases.index(each["phase"]))
    return _with(plan, segments=ordered, duration_minutes=minutes)


def _while(plan: Answer, *phases: Phase, **changes: str) -> Answer:
    segments = plan.record["segments"]
    return _with(plan, segments=[each | changes if each["phase"] in phases else each for each in segments])


def _word(plan: Answer) -> str:
    return str(plan.record["keywords"][0]["term"])


def _first(plan: Answer, field: str, **changes: str) -> Answer:
    first, *others = plan.record[field]
    return plan.showing(plan.record | {field: [first | changes, *others]})


def _defined(plan: Answer, *definitions: str) -> Answer:
    words = plan.record["keywords"]
    changed = [word | {"definition": text} for word, text in zip(words, definitions, strict=False)]
    return _with(plan, keywords=[*changed, *words[len(changed) :]])


def _starter(plan: Answer, teacher: str, students: str) -> Answer:
    said = {"title": "Getting started", "check_for_understanding": "Is everyone with us?"}
    return _while(plan, STARTER, teacher_does=teacher, students_do=students, **said)


def _asking(plan: Answer, task: str, doing: str) -> Answer:
    tasks = [{"task": task, "answer": "As in the notes."}]
    said = {"teacher_does": "Reads the sheet aloud.", "students_do": doing, "check_for_understanding": task}
    return _with(_while(plan, *Phase, **said), practice=tasks, exit_ticket=tasks)


def _given(plan: Answer, codes: list[str]) -> Answer:
    return plan.asked(inputs=plan.case.inputs | {"topic": plan.record["title"], "standards": codes})


@breaks("minutes_add_up")
def a_segment_is_dropped(plan: Answer) -> Answer | None:
    """The longest segment is gone, and nothing else."""
    record = plan.record
    longest = max(record["segments"], key=lambda segment: segment["minutes"])
    record["segments"] = [each for each in record["segments"] if each is not longest]
    return plan.showing(record) if len(record["segments"]) > 1 else None


@breaks("minutes_add_up")
def a_segment_takes_no_time_to_speak_of(plan: Answer) -> Answer:
    """The longest segment takes one minute."""
    minutes = [segment["minutes"] for segment in plan.record["segments"]]
    return _segments(plan, minutes.index(max(minutes)), minutes=1)


@breaks("minutes_add_up")
def the_lesson_is_a_quarter_shorter(plan: Answer) -> Answer:
    """The segments stay as they are."""
    record = plan.record
    record["duration_minutes"] = record["duration_minutes"] * 3 // 4
    return plan.showing(record)


@breaks("minutes_add_up")
def more_minutes_were_asked_for(plan: Answer) -> Answer:
    """The teacher has half as much time again."""
    minutes = plan.record["duration_minutes"] * 3 // 2
    return plan.asked(inputs=plan.case.inputs | {"minutes": minutes})


@breaks("formative_checks")
def a_check_is_left_empty(plan: Answer) -> Iterator[Answer]:
    """In each segment in turn."""
    for place in range(len(plan.record["segments"])):
        yield _segments(plan, place, check_for_understanding="")


@breaks("formative_checks")
def a_check_becomes_any_questions(plan: Answer) -> Iterator[Answer]:
    """In each segment in turn."""
    for place in range(len(plan.record["segments"])):
        yield _segments(plan, place, check_for_understanding="Are there any questions so far?")


@breaks("formative_checks")
def a_check_becomes_watching(plan: Answer) -> Answer:
    """The teacher looks on."""
    return _segments(plan, 0, check_for_understanding="Circulate and observe the groups.")


@breaks("objective_measurable")
def the_objective_becomes_understanding(plan: Answer) -> Answer:
    """Nobody can see it."""
    return plan.showing(plan.record | {"objective": "I can understand how the parts belong together."})


@breaks("objective_measurable")
def the_objective_becomes_appreciation(plan: Answer) -> Answer:
    """Nor that."""
    return plan.showing(plan.record | {"objective": "Students will appreciate the value of careful work."})


@breaks("objective_measurable")
def the_objective_becomes_a_topic(plan: Answer) -> Answer:
    """It names nothing that a student does."""
    return plan.showing(plan.record | {"objective": f"{plan.record['title'][:60]} and its many aspects."})


@breaks("objective_measurable")
def the_verb_of_the_objective_is_swapped(plan: Answer) -> Answer | None:
    """The aim stays, but is only known about."""
    lead, can, aim = plan.record["objective"].partition("I can ")
    if not can or lead:
        return None
    return plan.showing(plan.record | {"objective": f"I can know about {aim.partition(' ')[2]}"})


@breaks("success_criteria_fit")
def the_criteria_are_of_something_else(plan: Answer) -> Iterator[Answer]:
    """Neatness, manners or a music lesson: a student can meet them without having learned a thing."""
    yield _with(plan, success_criteria=["My handwriting is neat.", "My paper is in the tray by the bell."])
    yield _with(plan, success_criteria=["I take turns with a partner.", "I use a quiet voice."])
    yield _with(plan, success_criteria=["I can clap a rhythm in four beats.", "I can read rests."])


@breaks("success_criteria_fit")
def the_criteria_only_sound_right(plan: Answer) -> Iterator[Answer]:
    """They are manners that name the topic; or the last one becomes a feeling."""
    manners = [f"My notes on {_word(plan)} are tidy.", f"I am kind when we talk about {_word(plan)}."]
    yield _with(plan, success_criteria=manners)
    others = plan.record["success_criteria"][:-1]
    yield _with(plan, success_criteria=[*others, "I am proud of what I made today."])


@breaks("lesson_in_order")
def a_phase_comes_too_early_or_late(plan: Answer) -> Iterator[Answer]:
    """Practice alone before the explanation; the starter in the middle or at the end."""
    yield _in_order(plan, STARTER, ALONE, EXPLAIN, GUIDED, REVIEW)
    yield _in_order(plan, EXPLAIN, GUIDED, STARTER, ALONE, REVIEW)
    yield _in_order(plan, EXPLAIN, GUIDED, ALONE, REVIEW, STARTER)


@breaks("lesson_in_order")
def the_end_is_left_out(plan: Answer) -> Answer:
    """Nothing closes the lesson."""
    return _in_order(plan, STARTER, EXPLAIN, GUIDED, ALONE)


@breaks("lesson_in_order")
def a_segment_is_not_what_its_phase_says(plan: Answer) -> Answer:
    """What belongs to practice alone stands under explaining, and the other way round."""
    phases = [each["phase"] for each in plan.record["segments"]]
    swapped = _in_order(plan, STARTER, ALONE, GUIDED, EXPLAIN, REVIEW).record["segments"]
    segments = [each | {"phase": phase} for each, phase in zip(swapped, phases, strict=True)]
    return _with(plan, segments=segments)


@breaks("misconceptions_met")
def a_wrong_idea_is_none(plan: Answer) -> Iterator[Answer]:
    """It is a topic, complains of students, or is a fact of the lesson."""
    fact = plan.record["key_points"][0]
    yield _first(plan, "misconceptions", misconception=f"The meaning of {_word(plan)}")
    yield _first(plan, "misconceptions", misconception=f"Not being careful enough with {_word(plan)}.")
    yield _first(plan, "misconceptions", misconception="Some students get lost halfway.")
    yield _first(plan, "misconceptions", misconception=f"Many believe that {fact[0].lower()}{fact[1:]}")


@breaks("misconceptions_met")
def a_response_does_not_meet_the_idea(plan: Answer) -> Iterator[Answer]:
    """It would do for any wrong idea, or teaches it to the class."""
    said = plan.record["misconceptions"][0]["misconception"]
    yield _first(plan, "misconceptions", response="Explain it again.")
    yield _first(plan, "misconceptions", response="Remind everyone of the rule and move on.")
    yield _first(plan, "misconceptions", response="Give two more tasks of the kind and go over them.")
    yield _first(plan, "misconceptions", response=f"Write on the board for all: {said}")


@breaks("misconceptions_met")
def the_responses_change_places(plan: Answer) -> Answer | None:
    """Each answers the other idea."""
    ideas = plan.record["misconceptions"]
    turned = [one | {"response": other["response"]} for one, other in zip(ideas, ideas[::-1], strict=True)]
    return _with(plan, misconceptions=turned) if len(ideas) > 1 else None


@breaks("example_before_practice")
def the_example_is_not_worked(plan: Answer) -> Iterator[Answer]:
    """It is put off, is left to students, or jumps from its first sentence to its last."""
    task, steps = plan.record["practice"][0]["task"], plan.record["worked_example"].split(". ")
    yield _with(plan, worked_example="Will be done at the board, depending on what the class needs.")
    yield _with(plan, worked_example=f"{task} Talk it over with your partner before you begin.")
    yield _with(plan, worked_example=f"{steps[0]}. {steps[-1]}")


@breaks("example_before_practice")
def the_example_is_shown_too_late_or_never(plan: Answer) -> Iterator[Answer]:
    """After practice alone; or the segment that should explain is gone, or hands out a sheet."""
    yield _in_order(plan, STARTER, GUIDED, ALONE, REVIEW)
    yield _in_order(plan, STARTER, ALONE, GUIDED, EXPLAIN, REVIEW)
    yield _while(plan, EXPLAIN, teacher_does="Hands out the sheet and lets everyone begin at once.")


@breaks("words_are_defined")
def a_definition_explains_nothing(plan: Answer) -> Iterator[Answer]:
    """It goes in circles, puts the reader off, or is for scholars."""
    one, two = (word["term"] for word in plan.record["keywords"][:2])
    yield _defined(plan, f"the thing that we call {one} in this lesson")
    yield _defined(plan, f"something that goes with {two}", f"something that goes with {one}")
    yield _defined(plan, "an important word; see the glossary at the back of the book")
    yield _defined(plan, "the pertinent entity or procedure, irrespective of its instantiation")


@breaks("words_are_defined")
def two_definitions_change_places(plan: Answer) -> Answer:
    """Each word has the meaning of the other."""
    return _defined(plan, *(word["definition"] for word in plan.record["keywords"][1::-1]))


@breaks("words_are_defined")
def a_word_comes_from_nowhere(plan: Answer) -> Answer:
    """The lesson has no use for it."""
    word = {"term": "monsoon", "definition": "a wind that brings rain in one season"}
    return _with(plan, keywords=[*plan.record["keywords"], word])


@breaks("recalls_prior_learning")
def the_starter_recalls_nothing(plan: Answer) -> Iterator[Answer]:
    """It is housekeeping, a game, the aim, the teacher recalling alone, or a first look at what is new."""
    yield _starter(plan, "Takes attendance and collects forms.", "Unpack and find their seats.")
    yield _starter(plan, "Leads a clapping game.", "Clap the pattern back, faster each time.")
    yield _starter(plan, "Writes the objective on the board.", "Read the objective aloud together.")
    known = plan.record["prior_knowledge"][0]
    yield _starter(plan, f"Sums up the last lesson: {known}", "Follow the summary on the slides.")
    yield _starter(plan, f"Plays a clip on {_word(plan)}.", "Tell a partner what surprised them most.")


@breaks("students_are_active")
def students_sit_through_most_of_the_lesson(plan: Answer) -> Iterator[Answer]:
    """Between the starter and the end they only take in, or a few work for all."""
    for doing in SITTING:
        yield _while(plan, EXPLAIN, GUIDED, ALONE, students_do=doing, check_for_understanding="")


@breaks("depth_of_questions")
def everything_asks_for_words_and_facts(plan: Answer) -> Iterator[Answer]:
    """Lists, definitions, or right and wrong."""
    yield _asking(plan, "List the new words of the lesson.", "List them in their notebooks.")
    yield _asking(plan, f"What does {_word(plan)} mean?", "Write down what the words mean.")
    yield _asking(plan, f"True or false: {plan.record['key_points'][0]}", "Tick a box on each line.")


@breaks("depth_of_questions")
def big_words_ask_for_memory(plan: Answer) -> Iterator[Answer]:
    """They sound deep, and the notebook holds the answer."""
    yield _asking(plan, f"Explain {_word(plan)} with the sentence in your notes.", "Read out their notes.")
    yield _asking(plan, "Which line of your notes says why? Copy it.", "Copy the line that says why.")


@breaks("aims_and_tasks_agree")
def a_task_asks_for_something_else(plan: Answer) -> Iterator[Answer]:
    """The exit ticket or the practice is of another lesson, or about the day."""
    yield _with(plan, exit_ticket=[{"task": "Name two rivers in Brazil.", "answer": "Amazon and Negro."}])
    yield _with(plan, exit_ticket=[{"task": "How did you feel today? Draw a face.", "answer": "Any face."}])
    yield _with(plan, practice=[{"task": "Give the plural of leaf and wolf.", "answer": "Leaves, wolves."}])


@breaks("aims_and_tasks_agree")
def the_exit_ticket_only_touches_the_topic(plan: Answer) -> Answer:
    """Handwriting is no proof of the objective."""
    task = f"Copy the word {_word(plan)} three times in your best handwriting."
    return _with(plan, exit_ticket=[{"task": task, "answer": "Three tidy copies."}])


@breaks("aims_and_tasks_agree")
def the_objective_is_of_another_lesson(plan: Answer) -> Answer:
    """Title and tasks stay as they are."""
    return _with(plan, objective="I can write a haiku of five, seven and five syllables.")


@breaks("supports_keep_the_aim")
def a_support_gives_up_the_aim(plan: Answer) -> Iterator[Answer]:
    """The learner does less, something else, or nothing."""
    yield _first(plan, "differentiation", support="Gets fewer and simpler tasks.")
    yield _first(plan, "differentiation", support="Only the first of the criteria is expected here.")
    yield _first(plan, "differentiation", support="Works on last year's material at a side table.")
    yield _first(plan, "differentiation", support="Colors a picture on the topic while the others write.")
    yield _first(plan, "differentiation", support="A classmate does the work and lets the student copy it.")


@breaks("supports_keep_the_aim")
def a_need_becomes_a_diagnosis_or_label(plan: Answer) -> Iterator[Answer]:
    """It says what a student is, not what is needed."""
    for need in ("has dyslexia", "is on the spectrum", "belongs to the bottom group"):
        yield _first(plan, "differentiation", need=need)


@breaks("numbers_agree")
def a_segment_is_said_to_take_longer(plan: Answer) -> Iterator[Answer]:
    """In its title, or by a timer."""
    segment = plan.record["segments"][0]
    minutes = segment["minutes"] + 10
    yield _segments(plan, 0, title=f"{segment['title']} ({minutes} min)")
    yield _segments(plan, 0, teacher_does=f"{segment['teacher_does']} Sets a timer to {minutes} minutes.")


@breaks("numbers_agree")
def the_lesson_is_said_to_be_another(plan: Answer) -> Iterator[Answer]:
    """For other students, or a longer one."""
    yield _with(plan, title=f"{plan.record['title']}, for sixth graders")
    yield plan.asked(inputs=plan.case.inputs | {"grade": "4"})
    yield _while(plan, STARTER, teacher_does="Says what the class will do in the next ninety minutes.")


@breaks("numbers_agree")
def more_is_counted_than_there_is(plan: Answer) -> Iterator[Answer]:
    """Of tasks, words or questions."""
    yield _while(plan, ALONE, students_do="Solve the five practice tasks in their notebooks.")
    yield _while(plan, EXPLAIN, teacher_does="Puts up the seven keywords and works the example.")
    yield _while(plan, REVIEW, teacher_does="Hands out the exit ticket and reads its four questions aloud.")


@breaks("one_spelling")
def a_word_is_spelled_in_two_ways(plan: Answer) -> Iterator[Answer]:
    """As in America and as in Britain, or with a hyphen and without."""
    for one, other in SPELLINGS:
        yield _while(plan, GUIDED, teacher_does=f"{one}.", students_do=f"{other} in pairs.")


@breaks("standards_given")
def a_code_is_not_what_was_given(plan: Answer) -> Iterator[Answer]:
    """Its number slips, or none was given at all."""
    if codes := plan.record["standards"]:
        yield _with(_given(plan, codes), standards=[f"{codes[0][:-1]}9"])
        yield _given(plan, [])


@breaks("standards_given")
def a_standard_is_put_in(plan: Answer) -> Iterator[Answer]:
    """Into the list, or into what the teacher says; by its code or by its name."""
    given = _given(plan, plan.record["standards"])
    yield _with(given, standards=[*plan.record["standards"], "SL.4.1"])
    for name in ("CCSS.ELA-LITERACY.RI.4.2", "anchor standard 7 for speaking", "state standard 12b"):
        yield _while(given, STARTER, teacher_does=f"Tells the class that today meets {name}.")


@breaks("safety_is_named")
def a_hazard_comes_without_a_word(plan: Answer) -> Iterator[Answer]:
    """Fire, blades, the road, nuts, heights and heat, in plans that name no hazard."""
    for doing in HAZARDS if not plan.record["safety_notes"] else ():
        yield _while(plan, GUIDED, students_do=doing)
