"""Check: accommodations rest on the teacher's excerpt, and wait for people to approve them."""

import re
from collections.abc import Iterator

from sandbox.bundled.artifacts.accommodations import Accommodations
from sandbox.bundled.reading.near_quotes import QuotableText
from sandbox.bundled.reading.spoken_numbers import spoken_numbers_in
from sandbox.bundled.reading.wording import before, either, is_english, is_question, sentences, tidy
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_COPIED = frozenset({"source_words", "human_approval", "task"})
_PEOPLE = (
    "(?:(?:iep |504 |school |learner['’]s |student['’]s )?team|case "
    "manager|principal|district|family|parents?|mother|father|coordinator|committee)"
)
_VERY = r"(?:(?:already|now|all|fully|both|formally|since|been) ){0,3}"
_PRETENDS = late_pattern(
    either(
        rf"\b(?:have|has) {_VERY}(?:been )?{_VERY}(?:approved|authorized|signed off)\b(?! by law)",
        rf"\b(?:is|are|was|were) {_VERY}(?:approved|authorized|finali[sz]ed)\b(?! (?:tool|list|reading))",
        rf"\b{_PEOPLE} (?:has |have |had )?{_VERY}(?:agreed|approved|decided|consented|signed off|given "
        rf"(?:\w+ )?consent"
        r"|gave (?:\w+ )?consent)\b",
        r"\bno (?:further |more |other )?(?:approval|consent|permission|meeting) (?:is|will be) "
        r"(?:needed|required|necessary)\b",
        r"\b(?:approval|consent) (?:is|was) (?:not|no longer) (?:needed|required|necessary)\b",
        rf"\bwithout (?:asking|the approval of|approval (?:by|of|from)|waiting for|checking with) (?:the "
        rf"|a |your )?{_PEOPLE}",
        rf"\b(?:no need|not need|n['’]t need|not have|n['’]t have) to (?:ask|check with|wait for"
        rf"|consult) (?:the |a |your )?{_PEOPLE}",
        r"\b(?:this|the|these|they|it) (?:list |accommodations? |options? )?(?:is|are) final\b(?! draft)",
        r"\b(?:has|have|had|is|was|were|are) (?:already |now |all |been ){1,3}(?:decided|agreed(?: upon| "
        r"on| with| by)?"
        r"|cleared|settled|obtained|signed|cleared with)\b",
        rf"\b(?:was|were|are|is) (?:cleared|agreed(?: upon| on)?|settled|signed(?: off)?) (?:with|by) "
        rf"(?:the |a |your )?(?:{_PEOPLE}|everyone)",
        r"\b(?:approval|consent|permission) (?:is|was) (?:unnecessary|optional)\b",
        r"\b(?:approval|consent|permission) (?:has|have) (?:already )?been (?:obtained|given|received"
        r"|granted)\b",
        rf"\b{_PEOPLE} (?:is|are) (?:already )?on board\b|\b{_PEOPLE} (?:approves? of|signed)\b",
        r"\bnobody (?:has|needs) to (?:approve|agree|sign|be asked)\b",
        r"n['’]t (?:need|have) to (?:run|clear|check|discuss) (?:this|it|these|them) (?:by|with)\b",
        r"\b(?:go ahead and|feel free to) use (?:it|them|these|this)\b",
        rf"\b(?:as )?(?:approved|agreed)(?: on| upon)? (?:by|with) (?:the |a |your |all )?{_PEOPLE}",
        rf"\b{_PEOPLE} (?:has |have )?(?:met and|accepted|said yes)\b|\beveryone (?:has )?(?:agreed|said "
        rf"yes|approved)\b",
        r"\b(?:(?:I|we) (?:hereby )?(?:confirm|certify)|(?:have|with) (?:our|my) approval|this is "
        r"official"
        r"|counts as (?:the )?official)\b",
        r"\bI(?: have|['’]ve)? (?:decided|approved|determined)\b",
    ),
    re.IGNORECASE,
)
"""Words that take an approval for given."""
_CONDITION = late_pattern(
    r"\b(?:until|unless|once|if|when|before|after|whether|as soon as|not(?: yet)?|never|none|nothing"
    r"|ask|excerpt says|plan says|has to be|have to be|must be|should be)\b[^.!?;]{0,50}$"
    r"|n['’]t\b[^.!?;]{0,20}$",
    re.IGNORECASE,
)
"""What makes of an approval something that is still to come."""


def _run(subject: Subject) -> Judgement:
    answer = subject.artifact
    if not isinstance(answer, Accommodations):
        return not_applicable("It looks at accommodations only.")
    if answer.human_approval != "required":
        return failed(
            "It does not say that human approval is required.",
            Evidence(quote=str(answer.human_approval) or "(empty)", where="human_approval"),
        )
    excerpt = QuotableText(subject.input_text("excerpt"))
    is_given = any(letter.isalnum() for letter in excerpt.folded)
    if is_given and (invented := list(_invented(answer, excerpt))):
        words = "; ".join(f"'{evidence.quote}'" for evidence in invented[:3])
        return failed(
            f"Options rest on words that the teacher's excerpt does not hold: {words}.", *invented
        )
    if is_english(subject) and (pretended := list(_pretended(subject))):
        return failed(f"It speaks as if people had decided: '{pretended[0].quote}'.", *pretended)
    if not is_given:
        return warned("The case has no excerpt, so nobody can see what the options rest on.")
    return passed(
        f"All {len(answer.options)} options rest on words of the excerpt, and approval is still to come."
    )


def _invented(answer: Accommodations, excerpt: QuotableText) -> Iterator[Evidence]:
    told = {number.value for number in spoken_numbers_in(excerpt.folded)}
    for index, option in enumerate(answer.options):
        amounts = {number.value for number in spoken_numbers_in(option.source_words)}
        if not excerpt.holds(option.source_words) or not amounts <= told:
            yield Evidence(quote=option.source_words or "(empty)", where=f"options[{index}].source_words")


def _pretended(subject: Subject) -> Iterator[Evidence]:
    for passage in subject.passages:
        if passage.field in _COPIED:
            continue
        for sentence in sentences(tidy(passage.text)):
            if is_question(sentence):
                continue
            for found in _PRETENDS.finditer(sentence):
                if not _CONDITION.search(before(found.start(), sentence)):
                    yield Evidence(quote=found[0].strip(), where=passage.path)


CHECK = Check(
    name="needs_human_approval",
    version="1.0.0",
    title="Rests on the excerpt and waits for approval",
    why=(
        "Accommodations that nobody agreed on may take away what a learner needs, or promise what nobody "
        "can keep. A model that adds what 'usually helps' writes a plan for somebody else."
    ),
    how=(
        "The words that each option rests on are looked for in the teacher's excerpt; capitals, "
        "quotation marks and a mended typo do not matter. The answer has to say that human approval is "
        "required, and may not sound as if it had been given: 'has been approved', 'the team has "
        "agreed', 'this is final'."
    ),
    mend=(
        "Ask for words that are copied exactly from the excerpt, put the excerpt between clear marks, "
        "and say that nothing is approved yet."
    ),
    source="34 CFR 300.320 to 300.324: the team that writes the program decides on accommodations.",
    run=_run,
    is_quick=True,
    artifacts=("accommodations",),
    limits=(
        "Words that are copied may be read wrongly: that the option says what they say is not looked at. "
        "Pretended approval is found in English only."
    ),
)
