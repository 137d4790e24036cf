"""Good lesson plans, of several grades and subjects, that the cases of many checks start from."""

from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from tests.bundled.checks.lesson_changes import (
    ALONE,
    EXPLAIN,
    GUIDED,
    REVIEW,
    STARTER,
    segment,
    supports,
    tasks,
    words,
    wrong_ideas,
)
from tests.bundled.checks.lessons_of_language import AGUA, CLAIMS

SHARING = LessonPlan(
    title="Needs and wants at the corner store",
    grade="1",
    subject="Social studies",
    duration_minutes=30,
    standards=(),
    objective="I can sort things into needs and wants and say why.",
    success_criteria=("I put each picture on the needs side or the wants side.", "I say why with because."),
    prior_knowledge=("People buy food and other things with money.",),
    key_points=("A need is something we must have to live.", "A want is something we would like to have."),
    keywords=words(("need", "something you must have to live"), ("want", "something you would like")),
    misconceptions=wrong_ideas(
        (
            "If I want something very much, it is a need.",
            "Hold up a toy and a cup of water. Ask: can we live without it? Sort again.",
        )
    ),
    worked_example="Here is a coat. In winter we get ill without a coat. So a coat is a need.",
    segments=(
        segment(
            "What did you buy?",
            STARTER,
            5,
            "Asks what the class remembers about money and food at the store.",
            "Tell a partner one thing that their family bought with money.",
            "Each partner says one thing that we buy.",
        ),
        segment(
            "Coat or candy?",
            EXPLAIN,
            8,
            "Holds up a coat and candy, and thinks aloud why one is a need.",
            "Point to the side where each picture belongs.",
            "Point: is a blanket a need or a want?",
        ),
        segment(
            "Sort together",
            GUIDED,
            7,
            "Reads the picture cards aloud and asks why.",
            "Sort six cards with a partner and tell why.",
            "Partners hold up one need.",
        ),
        segment(
            "My own chart",
            ALONE,
            6,
            "Listens to reasons.",
            "Draw one need and one want on a chart.",
            "Each child shows the chart and says why.",
        ),
        segment(
            "Say it back",
            REVIEW,
            4,
            "Asks for reasons.",
            "Answer the exit question aloud.",
            "Why is water a need?",
        ),
    ),
    practice=tasks(("Sort: water, kite, bed, candy. Say why.", "Needs: water, bed. Wants: kite, candy.")),
    differentiation=supports(
        ("speaks little English yet", "Picture cards with the word in both languages.")
    ),
    exit_ticket=tasks(
        ("Draw one need. Tell why it is a need.", "Any need, with a reason such as: we get ill.")
    ),
    materials=("picture cards", "paper with two columns"),
    safety_notes=(),
)
"""Grade 1, social studies."""

FRACTIONS = LessonPlan(
    title="Adding fractions with like denominators",
    grade="4",
    subject="Mathematics",
    duration_minutes=50,
    standards=("4.NF.B.3",),
    objective="I can add two fractions with the same denominator and explain my steps.",
    success_criteria=(
        "I add the numerators and keep the denominator.",
        "I draw a bar that shows the sum.",
        "I say why the size of the parts stays the same.",
    ),
    prior_knowledge=(
        "A fraction names equal parts of a whole.",
        "The denominator says how many parts make one whole.",
    ),
    key_points=(
        "Like parts can be counted together.",
        "The denominator names the size of the parts, so it stays.",
    ),
    keywords=words(
        ("numerator", "the top number, which counts the parts that we have"),
        ("denominator", "the bottom number, which says how many equal parts make the whole"),
    ),
    misconceptions=wrong_ideas(
        (
            "You add the bottoms too, so 1/4 + 2/4 is 3/8.",
            "Show both amounts on one bar of fourths and ask what size each part is now.",
        )
    ),
    worked_example=(
        "Find 2/8 + 3/8. Draw a bar with 8 parts. Shade 2 parts, then 3 more. Now 5 parts are shaded, "
        "and each is an eighth. So 2/8 + 3/8 = 5/8."
    ),
    segments=(
        segment(
            "Parts of a whole",
            STARTER,
            7,
            "Shows a bar in fourths and asks what the denominator tells us.",
            "Write the shaded fraction on a whiteboard without notes.",
            "Hold up your board: which fraction of the whole is shaded?",
        ),
        segment(
            "Watch the bar",
            EXPLAIN,
            12,
            "Works the example step by step on a bar and says why the denominator stays.",
            "Draw the same bar and label each step.",
            "On your board, write what stays the same and what changes.",
        ),
        segment(
            "With a partner",
            GUIDED,
            12,
            "Gives pairs three sums and asks for reasons.",
            "Solve three sums with bars and explain each to a partner.",
            "What is 1/6 + 4/6? Show it on the bar.",
        ),
        segment(
            "On your own",
            ALONE,
            12,
            "Walks round with hint cards.",
            "Solve four sums and find the mistake in a fifth.",
            "Why is 1/5 + 2/5 = 3/10 wrong?",
        ),
        segment(
            "Exit ticket",
            REVIEW,
            7,
            "Collects the tickets and sorts them.",
            "Answer the exit ticket alone.",
            "Every student hands in the ticket.",
        ),
    ),
    practice=tasks(
        ("Find 3/10 + 4/10 and draw the bar.", "7/10"),
        ("Kai says 2/6 + 3/6 = 5/12. Explain his mistake.", "He added the denominators; it is 5/6."),
    ),
    differentiation=supports(
        ("loses track of steps", "A card with the steps, one picture for each."),
        ("is learning English", "A sentence frame: The denominator stays because ..."),
    ),
    exit_ticket=tasks(
        ("Find 2/5 + 2/5. Say why the denominator stays.", "4/5; the parts are still fifths.")
    ),
    materials=("fraction bars", "mini whiteboards"),
    safety_notes=(),
)
"""Grade 4, mathematics."""

POND = LessonPlan(
    title="How matter moves through a pond food web",
    grade="5",
    subject="Science",
    duration_minutes=50,
    standards=("5-LS2-1",),
    objective="I can draw a food web that shows how matter moves among plants, animals and decomposers.",
    success_criteria=(
        "My arrows point from the food to the one that eats it.",
        "My web has at least one decomposer and says what it returns to the soil or water.",
    ),
    prior_knowledge=("Plants make their own food.", "A food chain shows who eats whom."),
    key_points=(
        "Matter in plants came from air and water.",
        "Animals get matter by eating plants or other animals.",
        "Decomposers break down dead plants and animals and return matter to the water.",
    ),
    keywords=words(
        ("decomposer", "a living thing that breaks down what has died"),
        ("food web", "many food chains that are joined together"),
    ),
    misconceptions=wrong_ideas(
        (
            "When a fish dies, its matter disappears.",
            "Show photos of a leaf in week 1, 3 and 6. Ask where the stuff went and who used it.",
        )
    ),
    worked_example=(
        "Start with algae. A snail eats algae, so draw an arrow from algae to snail. A fish eats the "
        "snail: another arrow. The fish dies and bacteria break it down: an arrow from fish to bacteria."
    ),
    segments=(
        segment(
            "Who eats whom?",
            STARTER,
            8,
            "Shows a grassland food chain from last week and covers one name.",
            "Write the missing animal and the direction of the arrow from memory.",
            "On your board: which way does the arrow point, and why?",
        ),
        segment(
            "Building one web",
            EXPLAIN,
            12,
            "Builds a web on the wall with algae, snail and fish, and explains each arrow.",
            "Copy the first chain, then add one arrow of their own.",
            "Which arrow is missing between snail and bacteria?",
        ),
        segment(
            "Cards on the table",
            GUIDED,
            12,
            "Asks each group why an arrow points as it does.",
            "Arrange eight organism cards in a web and explain each arrow.",
            "Each group names one decomposer and what it returns.",
        ),
        segment(
            "My pond",
            ALONE,
            12,
            "Looks at arrows and gives a hint where they point backwards.",
            "Draw a web of six pond organisms and label the decomposer.",
            "Circle one arrow and write what moves along it.",
        ),
        segment(
            "What if?",
            REVIEW,
            6,
            "Takes away the bacteria card and asks what would happen.",
            "Write the exit ticket.",
            "What would happen to the pond without decomposers?",
        ),
    ),
    practice=tasks(
        (
            "Draw a web with duckweed, tadpole, heron and fungus.",
            "Duckweed to tadpole to heron; all to fungus.",
        )
    ),
    differentiation=supports(("writes slowly", "Organism cards to move; the explanation may be spoken.")),
    exit_ticket=tasks(
        ("Why would dead leaves pile up without decomposers?", "Nobody would break the matter down.")
    ),
    materials=("organism cards", "string", "photos of a rotting leaf"),
    safety_notes=(),
)
"""Grade 5, science."""

ENGLISH_PLANS = {"sharing": SHARING, "fractions": FRACTIONS, "pond": POND, "claims": CLAIMS}
"""The plans in English, by short names."""
GOOD_PLANS = {**ENGLISH_PLANS, "agua": AGUA}
"""Every plan, by a short name."""
