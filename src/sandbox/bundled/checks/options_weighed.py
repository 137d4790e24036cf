"""Check: a brief weighs options, one of which changes nothing, and says what would make us stop."""

from collections.abc import Iterator

from sandbox.bundled.artifacts.decision_brief import DecisionBrief, DecisionOption, Likelihood, Risk
from sandbox.bundled.reading.placeholders import is_placeholder
from sandbox.bundled.reading.wording import either, fold, is_english
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_CHANGES_NOTHING = late_pattern(
    either(
        r"\b(?:do|does|doing|change|changes|changing) nothing\b",
        r"\bno (?:change|changes|ai|tool|rule|adoption|action)\b",
        r"\bstatus quo\b",
        r"\bbusiness as usual\b",
        r"\bas (?:it is|they are|we are|is|now|today|before|until now)\b",
        r"\b(?:keep|stay|continue|go on|carry on)(?:ing)? (?:with|without|the|to|as|using|doing|what|our"
        r"|things|writing"
        r"|teaching)\b(?! (?:new|more))",
        r"\bleave (?:it|things|everything)\b",
        r"\b(?:do not|don't|not to|never|not) (?:\w+ )?(?:adopt|buy|use|introduce|start|allow|change"
        r"|purchase)",
        r"\bnot (?:adopting|buying|using|allowed|introducing)\b",
        r"\bwithout (?:ai|the tool|a tool|it)\b",
        r"\b(?:decline|reject|say no to|wait and)\b",
    )
)
_NOBODY = late_pattern(
    r"(?:nobody|no ?one|none|not applicable|unknown|not known|n/a|unclear)\b(?: (?:in particular|known"
    r"|affected))?\W*"
)
_VAGUE_PEOPLE = late_pattern(
    r"(?:all |the |various |different |some |many )*(?:everyone|everybody|all|people|stakeholders?|users?"
    r"|community|school community|groups?|parties|individuals|persons|others)(?: involved| concerned| "
    r"affected)?\W*"
)
_OBSERVABLE = late_pattern(
    either(
        r"\d",
        r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|half|third|quarter|twice|double"
        r"|dozen)\b",
        r"\b(?:any|an?|every|each|no) (?:\w+['’]?s? ){0,4}?(?:student|students|teacher|family|parent"
        r"|child|person|name"
        r"|names|complaint|report|incident|breach|accident|letter|reader|agreement|answer|message|data"
        r"|data breach|outage|bill|invoice)\b",
        r"\b(?:more|fewer|less|at least|at most|longer|later|often|sooner) (?:\w+ )?than\b",
        r"\b(?:drops?|falls?|rises?|doubles?|declines?) (?:by|below|above|under|over|for)\b",
        r"\b(?:complains?|complaints?|reports? (?:of|that)|says? that|asks? (?:for|to)|refuses?|is found"
        r"|are found"
        r"|is shown|shows? (?:that|advice|a|names)|appears? in|goes out|log shows|survey|poll|logs?\b"
        r"|minutes|scores)",
        r"\b(?:by|before|until|within|after) (?:the )?(?:january|february|march|april|june|july|august"
        r"|september"
        r"|october|november|december|end of|first|last|next|winter|spring|fall|summer)\b",
    )
)


def _run(subject: Subject) -> Judgement:
    brief = subject.artifact
    if not isinstance(brief, DecisionBrief):
        return not_applicable("It looks at decision briefs only.")
    if len(brief.options) < 2:
        only = tuple(
            Evidence(quote=option.name, where=f"options[{i}].name")
            for i, option in enumerate(brief.options)
        )
        return failed("There are fewer than two options, so nothing is weighed.", *only)
    risks = list(_risks(brief))
    if len(risks) > 1 and all(risk.likelihood is Likelihood.LOW for _, risk in risks):
        path, first = risks[0]
        return failed(
            f"All {len(risks)} risks are called low, whatever is done.",
            Evidence(quote=first.risk, where=f"{path}.likelihood"),
        )
    if not is_english(subject):
        return not_applicable("The lists of words are English, and this brief is in another language.")
    return _judge_words(brief)


def _judge_words(brief: DecisionBrief) -> Judgement:
    if not any(map(_changes_nothing, brief.options)):
        return failed("None of the options is to change nothing.", *_names(brief))
    told = [
        (
            Evidence(quote=risk.who_is_affected or "(empty)", where=f"{path}.who_is_affected"),
            fold(risk.who_is_affected),
        )
        for path, risk in _risks(brief)
    ]
    if nobody := [evidence for evidence, who in told if is_placeholder(who) or _NOBODY.fullmatch(who)]:
        return failed(f"A risk does not say who is affected: '{nobody[0].quote}'.", *nobody)
    conditions = [
        Evidence(quote=condition or "(empty)", where=f"conditions_to_stop[{i}]")
        for i, condition in enumerate(brief.conditions_to_stop)
    ]
    if not any(_OBSERVABLE.search(fold(evidence.quote)) for evidence in conditions):
        return failed("No condition to stop can be counted, seen or heard.", *conditions)
    if vague := [evidence for evidence, who in told if _VAGUE_PEOPLE.fullmatch(who)]:
        return warned(f"A risk is for people whom nobody can go and ask: '{vague[0].quote}'.", *vague)
    return passed(f"{len(brief.options)} options are weighed, and one of them changes nothing.")


def _risks(brief: DecisionBrief) -> Iterator[tuple[str, Risk]]:
    for i, option in enumerate(brief.options):
        for j, risk in enumerate(option.risks):
            yield f"options[{i}].risks[{j}]", risk


def _names(brief: DecisionBrief) -> Iterator[Evidence]:
    for i, option in enumerate(brief.options):
        yield Evidence(quote=option.name or "(empty)", where=f"options[{i}].name")


def _changes_nothing(option: DecisionOption) -> bool:
    return any(_CHANGES_NOTHING.search(fold(text)) for text in (option.name, option.description))


CHECK = Check(
    name="options_weighed",
    version="1.0.0",
    title="Weighs real options, and says when to stop",
    why=(
        "A brief with one way to go is an advertisement. Leaders need what happens if nothing is "
        "changed, who bears the risks, and a sign at which everybody agrees to stop."
    ),
    how=(
        "There have to be two options or more, one of them to change nothing, known by its words. Each "
        "risk has to name a group; 'everyone' is a warning. Not all risks may be low. At least one "
        "condition to stop has to hold something that can be counted, seen or heard: a number, an event, "
        "a report, a date."
    ),
    mend=(
        "Ask for the option to change nothing with its own risks, for groups by name, and for signs to "
        "stop with a number and a date."
    ),
    source=(
        "National Institute of Standards and Technology (2023), AI Risk Management Framework: who is "
        "affected, and when a system is switched off."
    ),
    run=_run,
    is_quick=True,
    artifacts=("decision_brief",),
    limits=(
        "It sees that risks and signs are there, not that they are the right ones, or that the options "
        "are told fairly. Words are judged in English only."
    ),
)
