"""How many planted defects each check finds, and how many unbroken answers it blames."""

from collections import Counter

from sandbox.contracts.check import Check
from sandbox.domain.calibration import KindOfDefect, PlantedDefects
from sandbox.domain.finding import Outcome
from sandbox.pipeline.inspecting import inspect_answer
from tests.planted.planting import Operator
from tests.planted.unbroken import Answer

_FOUND = {Outcome.FAIL, Outcome.WARN}


def measure(check: Check, operators: list[Operator], answers: list[Answer]) -> PlantedDefects:
    """What the check says of answers that these operators break, and of the same answers unbroken.

    Defects are only planted where the unbroken answer is not blamed: else nobody could tell what was found.
    """
    looked_at = [answer for answer in answers if check.applies_to(answer.type_name)]
    unbroken = {id(answer): _outcome(check, answer) for answer in looked_at}
    said = Counter(unbroken.values())
    planted: dict[str, Counter[Outcome]] = {operator.name: Counter() for operator in operators}
    for answer in looked_at:
        if unbroken[id(answer)] in _FOUND:
            continue
        for operator in operators:
            planted[operator.name].update(_outcome(check, broken) for broken in operator.broken(answer))
    outcomes = sum(planted.values(), Counter[Outcome]())
    return PlantedDefects(
        n_planted=outcomes.total(),
        n_killed=outcomes[Outcome.FAIL] + outcomes[Outcome.WARN],
        n_failed=outcomes[Outcome.FAIL],
        n_unbroken=len(looked_at) - said[Outcome.NOT_APPLICABLE],
        n_alarms=said[Outcome.FAIL] + said[Outcome.WARN],
        n_not_applicable=said[Outcome.NOT_APPLICABLE],
        kinds=tuple(
            KindOfDefect(
                name=name, n_planted=kind.total(), n_killed=kind[Outcome.FAIL] + kind[Outcome.WARN]
            )
            for name, kind in planted.items()
            if kind.total()
        ),
    )


def survivors(check: Check, operators: list[Operator], answers: list[Answer]) -> list[str]:
    """Which defects were not found and which unbroken answers were blamed, a line each."""
    lines = []
    for answer in answers:
        if not check.applies_to(answer.type_name):
            continue
        where = f"{answer.type_name}/{answer.name}"
        if _outcome(check, answer) in _FOUND:
            lines.append(f"blamed: {where}: {check.run(answer.subject).reason}")
            continue
        lines += [
            f"not found: {operator.name} in {where}: {check.run(broken.subject).reason}"
            for operator in operators
            for broken in operator.broken(answer)
            if _outcome(check, broken) not in _FOUND
        ]
    return lines


def _outcome(check: Check, answer: Answer) -> Outcome:
    (finding,) = inspect_answer((check,), answer.subject)
    return finding.outcome
