"""Two good lesson plans: one for reading and writing, and one in Spanish."""

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

CLAIMS = LessonPlan(
    title="Choosing evidence that supports a claim",
    grade="7",
    subject="English language arts",
    duration_minutes=45,
    standards=("W.7.1",),
    objective="I can support a claim with two pieces of evidence from an article.",
    success_criteria=(
        "Each piece of evidence comes from the article.",
        "I explain in a sentence how the evidence supports my claim.",
    ),
    prior_knowledge=("A claim is a statement that someone could argue against.",),
    key_points=(
        "Evidence is a fact, number or quotation from a source.",
        "A reader needs to be told how the evidence supports the claim.",
    ),
    keywords=words(
        ("claim", "a statement that a writer wants readers to accept"),
        ("evidence", "facts or quotations that show a statement is likely to be true"),
    ),
    misconceptions=wrong_ideas(
        (
            "Saying my opinion again in stronger words is evidence.",
            "Underline what comes from the article. What is left is opinion: what fact could replace it?",
        )
    ),
    worked_example=(
        "Claim: School should start later. First I look for a number: teens in the study slept 40 minutes "
        "more. Next I ask whether it supports the claim: more sleep is the reason. Then I write how they "
        "connect."
    ),
    segments=(
        segment(
            "Claim or not?",
            STARTER,
            6,
            "Shows five sentences from last week and asks which ones someone could argue against.",
            "Vote with a card and write one reason.",
            "Which of the five is a claim? Hold up its number.",
        ),
        segment(
            "Thinking aloud",
            EXPLAIN,
            10,
            "Models choosing evidence and says aloud why one quotation is weak.",
            "Mark strong evidence and weak evidence in their copy.",
            "Write the number of the strongest quotation.",
        ),
        segment(
            "Pairs decide",
            GUIDED,
            12,
            "Listens for reasons and asks how the evidence connects.",
            "Choose two pieces of evidence with a partner and justify the choice.",
            "Each pair posts one quotation and one reason.",
        ),
        segment(
            "Write it",
            ALONE,
            12,
            "Confers with six students.",
            "Write a paragraph with a claim and two pieces of evidence.",
            "Underline the sentence that explains the evidence.",
        ),
        segment(
            "Exit ticket",
            REVIEW,
            5,
            "Collects the tickets.",
            "Complete the exit ticket and compare it with the criteria.",
            "Which sentence is evidence, and why?",
        ),
    ),
    practice=tasks(
        (
            "Which quotation best supports the claim that parks cool a city? Explain.",
            "The second: it gives measured temperatures.",
        )
    ),
    differentiation=supports(
        ("finds long articles hard to hold in mind", "The same article in four parts with a question each.")
    ),
    exit_ticket=tasks(
        (
            "Write one piece of evidence for the claim and how it supports it.",
            "A fact from the article and its link.",
        )
    ),
    materials=("copies of the article", "colored cards"),
    safety_notes=(),
)
"""Grade 7, English."""

AGUA = LessonPlan(
    title="El ciclo del agua en una bolsa",
    grade="4",
    subject="Ciencias",
    duration_minutes=45,
    standards=(),
    objective="Puedo explicar con un dibujo cómo el agua se evapora y se condensa.",
    success_criteria=(
        "Mi dibujo muestra dónde el agua se evapora.",
        "Uso flechas para mostrar la condensación.",
    ),
    prior_knowledge=("El agua puede ser líquida, sólida o gas.",),
    key_points=("El calor del sol evapora el agua.", "El vapor se enfría y se condensa en gotas."),
    keywords=words(("vapor", "agua en forma de gas"), ("condensar", "pasar de gas a líquido")),
    misconceptions=wrong_ideas(
        (
            "El agua de un charco desaparece para siempre.",
            "Mostrar las gotas en la bolsa y preguntar de dónde vienen.",
        )
    ),
    worked_example="Dibujo un charco. El sol lo calienta y sube vapor. Arriba se enfría y se forman gotas.",
    segments=(
        segment(
            "¿Qué recuerdas?",
            STARTER,
            8,
            "Pregunta en qué estados puede estar el agua.",
            "Escriben tres ejemplos de agua líquida, sólida y gas.",
            "¿En qué estado está el agua de una nube?",
        ),
        segment(
            "La bolsa",
            EXPLAIN,
            12,
            "Muestra una bolsa con gotas y explica.",
            "Dibujan lo que ven.",
            "¿De dónde vienen las gotas?",
        ),
        segment(
            "En parejas",
            GUIDED,
            12,
            "Pregunta por qué.",
            "Ordenan tarjetas del ciclo y explican.",
            "¿Qué pasa primero?",
        ),
        segment(
            "Salida",
            REVIEW,
            13,
            "Recoge los dibujos.",
            "Dibujan el ciclo y escriben una frase.",
            "¿Por qué se forman gotas?",
        ),
    ),
    practice=tasks(("Explica por qué se seca la ropa.", "El agua se evapora.")),
    differentiation=supports(("lee mejor con dibujos", "Tarjetas con dibujo y palabra.")),
    exit_ticket=tasks(("Dibuja dónde el agua se evapora y se condensa.", "En el charco y en la nube.")),
    materials=("bolsas", "lápices"),
    safety_notes=(),
)
"""Grade 4, science in Spanish."""
