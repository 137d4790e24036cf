"""Check: an answer says what its case asks for."""

from sandbox.bundled.reading.phrases import first_found
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed
from sandbox.domain.finding import Evidence


def _run(subject: Subject) -> Judgement:
    if not subject.case.must:
        return not_applicable("The case asks for no words.")
    found = [(phrase, first_found(phrase, subject)) for phrase in subject.case.must]
    missing = [phrase for phrase, evidence in found if evidence is None]
    if missing:
        return failed(
            f"Missing: {len(missing)} of {len(found)}: "
            + "; ".join(f"'{phrase}'" for phrase in missing)
            + ".",
            *(Evidence(quote=phrase, where="case: must") for phrase in missing),
        )
    return passed(
        f"All that the case asks for is said: {len(found)}.",
        *(evidence for _, evidence in found if evidence is not None),
    )


CHECK = Check(
    name="must_say",
    version="1.0.0",
    title="Says what the case asks for",
    why=(
        "Some answers are only good if they say one thing, such as a hazard or the word that the lesson "
        "is about."
    ),
    how=(
        "Each phrase that the case lists under `must` has to be found in the answer as whole words, in "
        "any case; `a | b` means either, and after `*` come any letters."
    ),
    mend=(
        "Say in the prompt what has to be named, or widen the phrase in the case if other words are as "
        "good."
    ),
    source="The person who wrote the case.",
    run=_run,
    is_quick=True,
    needs_artifact=False,
    limits="It finds words, not meaning: a phrase that is denied, or only quoted, counts as said.",
)
