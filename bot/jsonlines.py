"""The command line's JSON: its names are a contract with other programs (`docs/design.md`, "Command line")."""

from decimal import Decimal
from typing import Any

from bot.results import ConflictStory
from claims.model import CONFLICTS, UPDATES, Claim, Quantity, Vote
from claims.slot import slot
from db.values import AuditEntry, Pair, StoredClaim


def claim_row(article: str, claim: Claim) -> dict[str, Any]:
    """A claim as `extract --json` prints it."""
    return {
        "article": article,
        "evidence": claim.evidence,
        "start": claim.start,
        "end": claim.end,
        "type": claim.kind.value,
        "speaker": claim.speaker,
        "via": list(claim.via),
        "subject": claim.agent,
        "quantity": _quantity(claim.quantity),
        "vote": _vote(claim.vote),
        "place": claim.place,
        "event_date": claim.event_date.iso if claim.event_date else None,
        "modality": claim.modality.value,
        "negated": claim.negated,
        "measure": claim.measure or None,
        "slot": str(slot(claim)),
        "confidence": claim.confidence,
    }


def answer_row(stored: StoredClaim, score: float) -> dict[str, Any]:
    """An answer, or a near miss, as `ask --json` lists it."""
    row = claim_row(stored.article, stored.claim)
    figure = stored.claim.quantity.value if stored.claim.quantity else None
    return {
        **row,
        "claim": stored.number,
        "score": round(score, 3),
        "value": number(figure),
        "title": stored.title,
        "source": stored.source,
        "url": stored.url,
        "published": stored.published.isoformat() if stored.published else None,
    }


def pair_row(pair: Pair, explanation: str) -> dict[str, Any]:
    """A pair of claims as `conflicts --json` prints it."""
    verdict = pair.verdict
    relation = "conflict" if verdict.relation in CONFLICTS else "update" if verdict.relation in UPDATES else "none"
    return {
        "conflict": pair.conflict,
        "a": _side(pair.a),
        "b": _side(pair.b),
        "relation": relation,
        "verdict": verdict.relation.value,
        "kind": verdict.about,
        "newer": verdict.newer,
        "rule": verdict.rule,
        "explanation": explanation,
        "severity": verdict.severity,
    }


def conflict_row(story: ConflictStory, explanation: str) -> dict[str, Any]:
    """A conflict as `conflict N --json` prints it."""
    return {
        "conflict": story.number,
        "state": story.state,
        "sides": [{"origins": one.origins, "claims": [_side(claim) for claim in one.claims]} for one in story.sides],
        "explanation": explanation,
        "severity": story.plainest.verdict.severity if story.plainest else "none",
        "history": [
            {"at": event.at.isoformat(), "what": event.what, "claim": event.claim, "person": event.person,
             "reason": event.reason}
            for event in story.history
        ],
    }  # fmt: skip


def audit_row(entry: AuditEntry) -> dict[str, Any]:
    """A line of the audit log as `audit --json` prints it."""
    return {
        "at": entry.at.isoformat(),
        "person": entry.person,
        "act": entry.act,
        "object": entry.object,
        "reason": entry.reason,
    }


def _side(stored: StoredClaim) -> dict[str, Any]:
    claim = stored.claim
    return {
        "claim": stored.number,
        "article": stored.article,
        "evidence": claim.evidence,
        "start": claim.start,
        "speaker": claim.speaker,
        "quantity": _quantity(claim.quantity),
    }


def number(value: Decimal | None) -> int | float | None:
    """A figure as JSON has them: whole ones without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _quantity(quantity: Quantity | None) -> dict[str, Any] | None:
    if quantity is None:
        return None
    return {
        "low": number(quantity.low),
        "high": number(quantity.high),
        "unit": quantity.unit,
        "approx": quantity.approx,
        "bound": quantity.bound.value,
        "basis": quantity.basis.value,
    }


def _vote(vote: Vote | None) -> dict[str, Any] | None:
    if vote is None:
        return None
    return {
        "body": vote.body,
        "matter": vote.matter,
        "result": vote.result,
        "for": vote.in_favour,
        "against": vote.against,
        "abstain": vote.abstain,
        "absent": vote.absent,
        "unanimous": vote.unanimous,
    }
