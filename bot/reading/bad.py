"""An input that holds no article, as a value: it stops none of the others."""

from dataclasses import dataclass

#: characters; longer inputs are no articles
LONGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class BadInput:
    """An input that could not be read: where, and why."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"
