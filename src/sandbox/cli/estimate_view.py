"""What an evaluation is going to take, said before the first call, and the question whether to go on."""

from rich.console import Console
from rich.prompt import Confirm

from sandbox.cli.progress_words import duration, money
from sandbox.domain.budget import Budget, Estimate


def show_estimate(estimate: Estimate, budget: Budget, console: Console) -> None:
    """Print the estimate: answers, tokens, money, what it rests on, and the caps."""
    for line in (_answers(estimate), *_cost(estimate), *_caps(estimate, budget)):
        console.print(line, markup=False)


def ask_to_go_on(estimate: Estimate, console: Console) -> bool:
    """Ask whether to begin; for terminals. No answer is a no."""
    most = estimate.most_cost_usd
    amount = "of unknown cost" if most is None else f"for at most {money(most)}"
    question = f"Ask for {estimate.trials:,} answers {amount}?"
    try:
        return Confirm.ask(question, console=console, default=False)
    except EOFError:
        return False


def _answers(estimate: Estimate) -> str:
    recalled = f" ({estimate.recalled:,} are on record)" if estimate.recalled else ""
    if not estimate.trials:
        return f"Nothing to ask for{recalled}."
    likely = estimate.likely_output_tokens
    out = f"at most {estimate.most_output_tokens:,} out"
    if likely is not None:
        out = f"likely {likely:,}, {out}"
    answers = "1 answer" if estimate.trials == 1 else f"{estimate.trials:,} answers"
    return f"{answers} to ask for{recalled}; tokens: {estimate.input_tokens:,} in, {out}."


def _cost(estimate: Estimate) -> list[str]:
    if not estimate.trials:
        return []
    likely, most = estimate.likely_cost_usd, estimate.most_cost_usd
    lines = []
    if most == 0:
        lines.append("It costs nothing.")
    elif most is not None:
        first = f"Likely {money(likely)}, at most" if likely is not None else "At most"
        lines.append(f"{first} {money(most)}, plus what is asked again after failures.")
    if estimate.unpriced:
        models = ", ".join(estimate.unpriced)
        lines.append(
            f"What it costs is not known, for want of the price of {models}: give it under [prices] in "
            "sandbox.toml."
        )
    return [*lines, estimate.basis] if estimate.basis else lines


def _caps(estimate: Estimate, budget: Budget) -> list[str]:
    caps = []
    if budget.cost_usd is not None:
        caps.append(money(budget.cost_usd))
    if budget.calls is not None:
        caps.append(f"{budget.calls:,} calls")
    if budget.tokens is not None:
        caps.append(f"{budget.tokens:,} tokens")
    if budget.minutes is not None:
        caps.append(duration(budget.minutes * 60))
    if not caps or not estimate.trials:
        return []
    return [f"It stops before it takes more than {' or '.join(caps)}; the same command goes on from there."]
