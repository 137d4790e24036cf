"""How outcomes and recommendations look in a terminal: a sign and a word, never colour alone."""

from rich.text import Text

from sandbox.domain.finding import Outcome
from sandbox.domain.scorecard import Recommendation

OUTCOMES = {
    Outcome.PASS: Text("✓ pass", "green"),
    Outcome.WARN: Text("! warn", "yellow"),
    Outcome.FAIL: Text("✗ fail", "red"),
    Outcome.NOT_APPLICABLE: Text("– n/a", "dim"),
    Outcome.ERROR: Text("? error", "magenta"),
}
RECOMMENDATIONS = {
    Recommendation.ADOPT: Text("✓ ADOPT", "bold green"),
    Recommendation.HOLD: Text("… HOLD", "bold yellow"),
    Recommendation.REJECT: Text("✗ REJECT", "bold red"),
}
