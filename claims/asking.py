"""In what way a question asks: "how many", "who denied", or for yes or no, whatever its clauses begin with."""

from claims.concepts import is_nothing, left_open
from claims.lexicon import Cue
from claims.model import Span
from claims.naming import Names
from claims.terms import tells
from claims.text import fold

#: ways of asking, the more telling first: "who denied" is also a "who"
_ORDER = (
    "who_denied",
    "disagree",
    "result",
    "who_said",
    "count",
    "changed",
    "when",
    "where",
    "which",
    "who",
    "what_known",
    "yes_no",
)
#: ways of asking whose words also lead clauses: "the man *who* shot him"
_JOINING = frozenset({"when", "where", "who", "which"})


class Asking(Names):
    """The way one question asks."""

    def asks(self) -> str:
        cues = sorted(self.cues.get("question", []), key=lambda cue: cue.span.start)
        if cues and cues[0].get("asks") == "what_known":  # "how did they vote *when* …" asks for no time
            cues = [cue for cue in cues if cue.get("asks") != "when"]
        clauses = self._clauses()
        asked = {str(cue.get("asks")) for cue in cues if cue.span.start not in clauses}
        found = next((name for name in _ORDER if name in asked), None)
        if found == "yes_no" and not any(map(self._is_yes_no, cues)):
            found = None
        return found or ("what" if self.text.rstrip().endswith("?") else "topic")

    def _is_yes_no(self, cue: Cue) -> bool:
        """Whether a question begins as one that is answered by yes or no, or ends so: "jadi mundur gak?"."""
        leads = not self.text[: cue.span.start].strip(" ¿¡")
        return cue.get("asks") == "yes_no" and (leads or bool(cue.get("ends")))

    def _clauses(self) -> list[int]:
        """Where clauses begin in a question for yes or no, "was it locked *when* they came", that ask for nothing
        themselves: "do you know *when*", "did she say *who*" do."""
        cues = self.cues.get("question", [])
        if not any(not cue.get("ends") and self._is_yes_no(cue) for cue in cues):
            return []
        joined = (cue.span for cue in cues if cue.get("asks") in _JOINING and " " not in cue.span.of(self.text))
        return [span.start for span in joined if self._is_behind_matter(span)]

    def _is_behind_matter(self, span: Span) -> bool:
        """Whether a word that says something stands right before, other than one of saying or knowing."""
        says = [cue.span for cue in self.cues.get("say", [])]
        for one in self.said:
            if one.span.end == span.start - 1:
                word = fold(one.span.of(self.text))
                plain = word in self.stop or is_nothing(word, self.language) or not tells(word)
                return not (
                    plain or word in left_open(self.language) or any(other.overlaps(one.span) for other in says)
                )
        return False

    def is_time_of_clause(self) -> bool:
        """Whether the day that is named only tells when the clause happened: "when they broke up Monday's rally"."""
        clauses = self._clauses()
        return bool(clauses and self.times.spans) and min(one.start for one in self.times.spans) > min(clauses)
