"""What came of trying a plugin: as a record, line by line in the terminal, and as a table of providers."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sandbox.cli.plugin_watch import Imported, Shown, Told, Trying
from sandbox.domain.record import Record

_SIGNS = {"kept": Text("✓", "green"), "broken": Text("✗", "red"), "not declared": Text("–", "dim")}
_PAGE = """# What each provider was seen to do

Each line is a behaviour, and each column a provider. **kept**: it was shown, mostly with a server on this
machine that answers as the service does. **broken**: it was not as it should be. –: the provider does
not claim it, or only the real service could show it.

This page is written by `sandbox plugins --check --table`.
"""


class PluginRecord(Record):
    """Everything that came of trying one plugin."""

    name: str
    package: str = ""
    version: str = ""
    state: str = ""
    """Empty if it did not come so far."""
    reason: str = ""
    hooks: tuple[str, ...] = ()
    import_ms: float | None = None
    results: tuple[Shown, ...] = ()

    @classmethod
    def of(cls, name: str, told: Iterable[Told]) -> "PluginRecord":
        """The record of all that was told of a plugin."""
        facts: dict[str, object] = {"name": name}
        results = []
        for each in told:
            if isinstance(each, Imported):
                facts |= each.model_dump(exclude={"event"})
            elif isinstance(each, Shown):
                results.append(each)
        return cls.model_validate(facts | {"results": tuple(results)})

    def count(self, mark: str) -> int:
        """How many behaviours came out like this."""
        return sum(result.mark == mark for result in self.results)

    @property
    def summary(self) -> str:
        """The counts in a line, or why there are none."""
        if not self.results:
            return f"{self.name}: not tried: {self.reason}"
        counts = ", ".join(f"{self.count(mark)} {mark}" for mark in _SIGNS)
        return f"{self.name}: {counts}"

    def facts(self) -> dict[str, object]:
        """Everything, for other programs."""
        counts = {mark.replace(" ", "_"): self.count(mark) for mark in _SIGNS}
        results = [result.model_dump(mode="json", exclude={"event"}) for result in self.results]
        return self.model_dump(mode="json", exclude={"results"}) | counts | {"results": results}


class ResultView:
    """Shows what is told of one plugin, as it comes; what is not declared comes together, by its reason."""

    def __init__(self, console: Console, name: str) -> None:
        self._console, self._name = console, name
        self._at = ("plugin", name)
        self._not_declared: Counter[str] = Counter()
        console.print(Text(name, "bold"))

    def show(self, told: Told) -> None:
        """Show one thing more."""
        match told:
            case Imported():
                package = f"{told.package} {told.version}".strip()
                self._line("", f"{package or 'comes in no package'}, imported in {told.import_ms:.0f} ms")
            case Trying():
                self._begin(told.kind, told.name)
            case Shown():
                self._result(told)
            case _:
                return

    def end(self) -> None:
        """Show what is still waiting to be shown."""
        for reason, n in self._not_declared.items():
            self._line(_SIGNS["not declared"], f"not declared, {n}: {reason}")
        self._not_declared.clear()

    def _begin(self, kind: str, name: str) -> None:
        self.end()
        self._at = (kind, name)
        words = "the plugin itself" if kind == "plugin" else f"{kind} {name}"
        self._console.print(Text(f" {words}", "bold"))

    def _result(self, shown: Shown) -> None:
        if (shown.kind, shown.name) != self._at:
            self._begin(shown.kind, shown.name)
        if shown.mark == "not declared":
            self._not_declared[shown.told] += 1
            return
        self._line(_SIGNS[shown.mark], shown.sentence)
        if shown.told:
            self._line("", shown.told)

    def _line(self, sign: str | Text, words: str) -> None:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=1)
        grid.add_column(width=1)
        grid.add_column()
        grid.add_row("", sign, Text(words))
        self._console.print(grid)


def provider_page(records: Sequence[PluginRecord]) -> str:
    """A page in Markdown: every behaviour that providers can show, and which of them did."""
    marks: dict[str, dict[str, str]] = {}
    sentences: dict[str, str] = {}
    for record in records:
        for each in record.results:
            if each.kind == "provider":
                sentences.setdefault(each.behaviour, each.sentence)
                marks.setdefault(each.name, {})[each.behaviour] = each.mark
    shown = sorted(name for name, row in marks.items() if set(row.values()) != {"not declared"})
    lines = [
        _PAGE,
        _row("What is wanted", shown),
        _row("---", ["---"] * len(shown)),
        *(
            _row(sentence, [_cell(marks[name].get(behaviour)) for name in shown])
            for behaviour, sentence in sentences.items()
        ),
    ]
    others = ", ".join(sorted(marks.keys() - set(shown)))
    if others:
        lines += ["", f"Nothing can be shown of these without a file of answers: {others}."]
    return "\n".join(lines) + "\n"


def _row(first: str, others: Sequence[str]) -> str:
    return f"| {' | '.join(each.replace('|', chr(92) + '|') for each in (first, *others))} |"


def _cell(mark: str | None) -> str:
    return mark if mark in {"kept", "broken"} else "–"
