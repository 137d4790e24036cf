"""What an evaluation may take, how fast, and what it is likely to take."""

from pydantic import Field

from sandbox.domain.record import Record


class Budget(Record):
    """Caps on what is tried at once, such as one evaluation of all its targets; None is no cap.

    Every call of a model counts. What an earlier command has taken does not.
    """

    cost_usd: float | None = Field(default=None, gt=0)
    calls: int | None = Field(default=None, ge=1)
    tokens: int | None = Field(default=None, ge=1)
    """Tokens that go in and come out."""
    minutes: float | None = Field(default=None, gt=0)
    """After so long no call is begun any more; those under way are waited for."""

    def changed_to(self, wish: "Budget | float | None") -> "Budget":
        """The caps that somebody asked for; a number caps the US dollars, and None changes nothing."""
        if wish is None or isinstance(wish, Budget):
            return wish or self
        return Budget.model_validate(self.model_dump() | {"cost_usd": wish})

    @property
    def caps_amounts(self) -> bool:
        """Whether it matters how much a single call takes."""
        return self.cost_usd is not None or self.tokens is not None


class Limits(Record):
    """How much one provider may be asked, where the service does not say so itself."""

    max_concurrency: int | None = Field(default=None, ge=1, le=10_000)
    """Requests under way at once, at most; up to there it is found out what the service takes."""
    requests_per_minute: float | None = Field(default=None, gt=0)
    tokens_per_minute: float | None = Field(default=None, gt=0)
    """Tokens that go in, and those that may come out."""


class Estimate(Record):
    """What an evaluation is going to take, said before its first call."""

    trials: int = Field(ge=0)
    """Trials to be made now."""
    recalled: int = Field(ge=0)
    """Trials that are on record and cost nothing again."""
    input_tokens: int = Field(ge=0)
    likely_output_tokens: int | None = None
    """None if nothing on record tells how long answers are."""
    most_output_tokens: int = Field(ge=0)
    likely_cost_usd: float | None = None
    """None if a price or the length of answers is not known."""
    most_cost_usd: float | None = None
    """If every answer comes at the first call and is as long as it may be; None if a price is not known."""
    unpriced: tuple[str, ...] = ()
    """Models whose price nobody knows."""
    basis: str
    """What this rests on, in a sentence for people."""
