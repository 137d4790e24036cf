"""Calibration cards: how often people agree with a check, and which planted defects it finds."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from sandbox.domain.record import Record
from sandbox.domain.standing import Standing

ENOUGH_KILLED = 0.8
MOST_ALARMS = 0.1
"""What planted defects must show before a decision may rest on a check: a convention of this project."""

_FIGURES = {
    "rank_correlation": "rank correlation",
    "weighted_kappa": "quadratic kappa",
    "kappa": "kappa",
}


class Figure(Record):
    """A statistic with the interval in which it likely lies; without one if it could not be told."""

    value: float
    low: float | None = None
    high: float | None = None
    level: float = 0.95

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return f"{self.value:.2f}"
        return f"{self.value:.2f} (likely {self.low:.2f} to {self.high:.2f})"


class LabelledData(Record):
    """Whose labels a check was held against. The rows themselves are no part of a card."""

    name: str
    source: str = ""
    licence: str = ""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Of the file with the rows."""
    n_rows: int = Field(ge=0)
    n_groups: int = Field(ge=0)
    """Rows of one group, such as one dialogue, are not independent."""
    meaning: str = ""
    """What a label means, in words."""
    positive: tuple[str, ...] = ()
    """Labels that say that the check should have found something."""
    order: tuple[str, ...] = ()
    """Labels from the best to the worst, if they have an order."""
    is_higher_better: bool | None = None
    """For labels that are numbers; None if they are not."""


class Agreement(Record):
    """How what a check found compares with what people said, on rows that the check could judge."""

    counts_as_found: Literal["fail", "fail or warn"]
    n: int = Field(ge=1)
    prevalence: float = Field(ge=0, le=1)
    """Share of rows in which people saw what the check looks for."""
    flagged: float = Field(ge=0, le=1)
    """Share of rows in which the check did."""
    precision: Figure | None = None
    """None if nothing was flagged."""
    recall: Figure | None = None
    """None if people saw it in no row."""
    f1: Figure | None = None
    macro_f1: Figure | None = None
    kappa: Figure | None = None
    """Cohen's kappa; None if both always said the same."""


class Baseline(Record):
    """How far something simple comes on the same rows, tried on groups that it had not seen."""

    name: str
    how: str
    n: int = Field(ge=1)
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    macro_f1: float | None = None
    kappa: float | None = None
    weighted_kappa: float | None = None
    rank_correlation: float | None = None


class KnownGroup(Record):
    """Rows that one system wrote: what the check said of them, and what people did."""

    system: str
    n: int = Field(ge=1)
    mean_outcome: float
    """A pass is 0, a warning 1 and a failure 2."""
    mean_label: float
    """Share of rows with a positive label; or the labels' mean place in the order; or the mean number."""


class KindOfDefect(Record):
    """One way to break a good answer, and how often the check noticed."""

    name: str
    n_planted: int = Field(ge=1)
    n_killed: int = Field(ge=0)


class PlantedDefects(Record):
    """What a check says of answers that were broken in one way, and of the same answers unbroken."""

    n_planted: int = Field(ge=0)
    n_killed: int = Field(ge=0)
    """Broken answers of which the check says a failure or a warning."""
    n_failed: int = Field(ge=0)
    """Those of them that fail; a warning does not keep an answer from passing."""
    n_unbroken: int = Field(ge=0)
    """Unbroken answers of which the check has something to say."""
    n_alarms: int = Field(ge=0)
    """Those of them that fail or are warned of."""
    n_not_applicable: int = Field(default=0, ge=0)
    """Unbroken answers to which the check does not apply."""
    kinds: tuple[KindOfDefect, ...] = ()

    @property
    def shortcoming(self) -> str:
        """Why they are no proof; empty if they are one."""
        if not self.n_planted or not self.n_unbroken:
            return "Its card holds no defect that was planted, or no unbroken answer."
        if self.n_killed < ENOUGH_KILLED * self.n_planted:
            return f"It finds only {self.n_killed} of {self.n_planted} planted defects."
        if self.n_alarms > MOST_ALARMS * self.n_unbroken:
            return f"It cries wolf on {self.n_alarms} of {self.n_unbroken} unbroken answers."
        return ""

    @property
    def in_words(self) -> str:
        """The figures as a sentence."""
        return (
            f"{self.n_killed} of {self.n_planted} planted defects were found, "
            f"and {self.n_alarms} of {self.n_unbroken} unbroken answers blamed."
        )


class CalibrationCard(Record):
    """What was measured of one version of a check."""

    check: str
    check_version: str
    check_digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    """SHA-256 of its source text and version."""
    basis: Literal["people", "construction"]
    """Whether people's labels stand behind it, or planted defects alone."""
    date: date
    data: LabelledData | None = None
    n_not_applicable: int = Field(default=0, ge=0)
    """Labelled rows to which the check said that it does not apply."""
    n_errors: int = Field(default=0, ge=0)
    """Labelled rows on which the check broke."""
    n_positive_not_judged: int = Field(default=0, ge=0)
    """Rows that it did not judge although people saw in them what it looks for."""
    agreement: tuple[Agreement, ...] = ()
    weighted_kappa: Figure | None = None
    """With quadratic weights, for labels that have an order."""
    rank_correlation: Figure | None = None
    """Spearman's, of outcome and label: above 0 if the check is stricter where people saw more amiss."""
    length_correlation: Figure | None = None
    """Spearman's, of outcome and number of words: far from 0 means that it may be measuring length."""
    baselines: tuple[Baseline, ...] = ()
    systems: tuple[KnownGroup, ...] = ()
    """From the best to the worst, as people see them."""
    is_order_of_systems_held: bool | None = None
    """Whether the check puts the systems in the order that people do; None if nothing can be said."""
    rank_correlation_of_systems: float | None = None
    """Spearman's, of the systems' mean outcomes and mean labels."""
    planted: PlantedDefects | None = None

    @model_validator(mode="after")
    def _see_to_its_basis(self) -> "CalibrationCard":
        if self.basis == "people" and self.data is None:
            raise ValueError('a card with the basis "people" should name the data')
        if self.basis == "construction" and (self.data is not None or self.planted is None):
            raise ValueError('a card with the basis "construction" should hold planted defects and no data')
        return self

    @property
    def n_judged(self) -> int:
        """Labelled rows of which the check said something."""
        return self.data.n_rows - self.n_not_applicable - self.n_errors if self.data else 0

    @property
    def agreement_figures(self) -> tuple[Figure, ...]:
        """The figures that are 0 where a check agrees with people no better than chance would."""
        kappas = [each.kappa for each in self.agreement]
        return tuple(each for each in (*kappas, self.weighted_kappa, self.rank_correlation) if each)

    @property
    def shortcoming(self) -> str:
        """Why no decision may rest on the check although it has a card; empty if one may."""
        if self.basis == "construction":
            return self.planted.shortcoming if self.planted else "Its card is empty."
        if not any(each.low is not None and each.low > 0 for each in self.agreement_figures):
            return "Its card does not show that it agrees with people better than chance would."
        return ""

    @property
    def standing(self) -> Standing:
        """What the card makes of the check."""
        return Standing.UNCALIBRATED if self.shortcoming else Standing(self.basis)

    @property
    def in_words(self) -> str:
        """The card in a sentence or two, with its n."""
        if self.data is None:
            return self.planted.in_words if self.planted else ""
        n = f"n = {self.n_judged:,} of {self.data.n_rows:,} rows in {self.data.n_groups:,} groups"
        name, figure = self._main_figure
        found = "no agreement could be told" if figure is None else f"{_FIGURES[name]} {figure}"
        return f"Measured against people's labels: {found}, {n}.{self._beaten_by}"

    @property
    def _main_figure(self) -> tuple[str, Figure | None]:
        if self.rank_correlation is not None:
            return "rank_correlation", self.rank_correlation
        if self.weighted_kappa is not None:
            return "weighted_kappa", self.weighted_kappa
        kappas = [each.kappa for each in self.agreement if each.kappa is not None]
        return "kappa", max(kappas, key=lambda each: each.value, default=None)

    @property
    def _beaten_by(self) -> str:
        """Which baselines come further than the check, in words."""
        name, figure = self._main_figure
        values = {each.name: getattr(each, name) for each in self.baselines}
        if figure is None:
            return ""
        return "".join(
            f" It does not beat {simple} ({value:.2f}), learned from such labels."
            for simple, value in values.items()
            if value is not None and value >= figure.value
        )
