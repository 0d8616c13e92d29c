"""What the command line says of counts: it speaks English."""


def counted(count: int, what: str) -> str:
    """A number with what it counts: "1 claim", "1,200 claims", "2 entries"."""
    if count != 1:
        what = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{count:,} {what}"
