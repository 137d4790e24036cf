"""What every stored noun is: frozen, and closed to fields it does not know."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A value that is stored or comes from outside: it cannot be changed, and unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())
