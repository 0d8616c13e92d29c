"""What stands right beside a claim's evidence: the words that it leaves out because they were just said."""

from claims.model import Claim
from claims.text import paragraphs

#: characters read before and after the evidence, within its paragraph and the end of the one before
BEFORE, AFTER = 200, 80
#: stands for the evidence
GAP = " … "


def beside(text: str, claim: Claim) -> str:
    """The words of an article around a claim's evidence, without the evidence."""
    home = next((span for span in paragraphs(text) if span.start <= claim.start < span.end), None)
    end = home.end if home else len(text)
    before = text[max(0, claim.start - BEFORE) : claim.start]
    after = text[claim.end : min(end, claim.end + AFTER)]
    return " ".join(f"{before}{GAP}{after}".split())
