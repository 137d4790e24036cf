"""Check: the weights of a rubric add up."""

from sandbox.bundled.artifacts.rubric import Rubric
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed
from sandbox.domain.finding import Evidence

_WHOLE = 100


def _run(subject: Subject) -> Judgement:
    rubric = subject.artifact
    if not isinstance(rubric, Rubric):
        return not_applicable("It looks at rubrics only.")
    total = sum(criterion.weight_percent for criterion in rubric.criteria)
    if total == _WHOLE:
        return passed(f"The weights of {len(rubric.criteria)} criteria add up to {_WHOLE} %.")
    return failed(
        f"The weights of the criteria add up to {total} %, not to {_WHOLE} %.",
        *(
            Evidence(quote=str(criterion.weight_percent), where=f"criteria[{index}].weight_percent")
            for index, criterion in enumerate(rubric.criteria)
        ),
    )


CHECK = Check(
    name="weights_add_up",
    version="1.0.0",
    title="The weights add up to 100",
    why="If the shares do not make a whole, a score cannot be worked out, or nobody can reach it.",
    how=f"The weights of all criteria are added up; the sum has to be exactly {_WHOLE} %.",
    mend="Ask for whole percentages that add up to 100, and for the sum to be checked at the end.",
    source="Plain arithmetic; no study is needed.",
    run=_run,
    is_quick=True,
    artifacts=("rubric",),
    limits="It cannot tell whether the weights say what matters most in this task.",
)
