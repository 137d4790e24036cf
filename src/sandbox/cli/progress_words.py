"""How far an evaluation is, in words: for the bars, and for plain lines."""

import math

from sandbox.domain.event import PaceReason
from sandbox.domain.progress import Progress, TargetProgress

_HOLDS = {
    PaceReason.RATE_LIMIT: "{service} asks us to wait {seconds}",
    PaceReason.RATES: "{service} has had what sandbox.toml allows in a minute; it goes on in {seconds}",
    PaceReason.NO_ANSWERS: "{service} does not answer; it is asked again in {seconds}",
}


def money(usd: float) -> str:
    """An amount as people write it: never more exact than a cent."""
    return "less than $0.01" if 0 < usd < 0.01 else f"${usd:,.2f}"


def duration(seconds: float) -> str:
    """A length of time, no more exact than it is of use; what is left of a second counts as one."""
    whole = math.ceil(max(seconds, 0))
    if whole < 60:
        return f"{whole} s"
    hours, minutes = divmod(round(whole / 60), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def how_far(title: str, now: Progress) -> str:
    """How many answers there are, such as "feedback: 120 of 500 answers, 100 were on record"."""
    planned, done = (sum(getattr(each, name) for each in now.targets) for name in ("planned", "done"))
    parts = [f"{title}: {done:,} of {planned:,} answers"]
    if recalled := sum(each.recalled for each in now.targets):
        parts.append(f"{recalled:,} were on record")
    return ", ".join(parts + failing(now))


def failing(now: Progress) -> list[str]:
    """How many answers did not come."""
    failed = sum(each.failed for each in now.targets)
    return [f"{failed:,} failed"] if failed else []


def expense(now: Progress) -> str:
    """The money that is gone, what may still be spent, and every cap."""
    parts = ["cost not known" if now.spent_usd is None else f"{money(now.spent_usd)} spent"]
    if now.still_usd:
        parts.append(f"likely {money(now.still_usd)} more")
    budget = now.budget
    if budget.cost_usd is not None:
        parts.append(f"cap {money(budget.cost_usd)}")
    if budget.calls is not None:
        parts.append(f"{now.calls:,} of at most {budget.calls:,} calls")
    if budget.tokens is not None:
        parts.append(f"{now.tokens:,} of at most {budget.tokens:,} tokens")
    return ", ".join(parts)


def time_words(now: Progress, *, since_seconds: float = 0) -> str:
    """The time that is gone and the time that is left, if that can be told already."""
    gone = f"{duration(now.elapsed_seconds + since_seconds)} gone"
    if all(is_over(each) for each in now.targets):
        return gone
    if now.left_seconds is None:
        return f"{gone}, time left: not known yet"
    left = f"{gone}, about {duration(max(now.left_seconds - since_seconds, 1))} left"
    minutes = now.budget.minutes
    return left if minutes is None else f"{left}, stops after {duration(minutes * 60)}"


def is_over(target: TargetProgress) -> bool:
    """Whether nothing more is asked for this target."""
    return bool(target.stopped) or target.done >= target.planned


def service(target: TargetProgress) -> str:
    """Who is asked: the provider's name."""
    return target.model.partition("/")[0]


def hold(target: TargetProgress, *, since_seconds: float = 0) -> str:
    """Why nothing is sent for this target now; empty if it is not held."""
    seconds = target.pause_seconds - since_seconds
    if seconds <= 0 or is_over(target):
        return ""
    known = _HOLDS.get(target.pause_reason) if target.pause_reason is not None else None
    words = known or "{service}: nothing is sent for {seconds}"
    return words.format(service=service(target), seconds=duration(seconds))


def holds(now: Progress, *, since_seconds: float = 0) -> list[str]:
    """Why nothing is sent, once for each service: the longest pause counts."""
    longest: dict[str, TargetProgress] = {}
    for target in sorted(now.targets, key=lambda each: each.pause_seconds):
        if hold(target, since_seconds=since_seconds):
            longest[service(target)] = target
    return [hold(target, since_seconds=since_seconds) for _, target in sorted(longest.items())]


def stops(now: Progress) -> dict[str, list[str]]:
    """Why targets are not asked any more, and which."""
    named: dict[str, list[str]] = {}
    for target, name in zip(now.targets, names(now), strict=True):
        if target.stopped:
            named.setdefault(target.stopped, []).append(name)
    return named


def names(now: Progress) -> list[str]:
    """What each target is called: by its model alone, if that tells it from the others."""
    prompts = {target.label.removesuffix(target.model) for target in now.targets}
    return [target.model if len(prompts) == 1 else target.label for target in now.targets]
