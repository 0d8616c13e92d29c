"""What stands right beside a claim's evidence: the words that it leaves out because they were just said."""

from claims.model import Claim, Span
from claims.text import paragraphs

#: characters read before and after the evidence, within its paragraph and the end of the one before
BEFORE, AFTER = 200, 80
#: stands for the evidence
GAP = " … "


def around(text: str, claim: Claim) -> Span:
    """The piece of an article that holds a claim's evidence and what stands beside it."""
    home = next((span for span in paragraphs(text) if span.start <= claim.start < span.end), None)
    end = home.end if home else len(text)
    return Span(max(0, claim.start - BEFORE), max(claim.end, min(end, claim.end + AFTER)))


def beside(text: str, claim: Claim) -> str:
    """The words of an article around a claim's evidence, without the evidence."""
    near = around(text, claim)
    return " ".join(f"{text[near.start : claim.start]}{GAP}{text[claim.end : near.end]}".split())
