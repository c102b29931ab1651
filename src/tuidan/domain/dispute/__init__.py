"""The dispute about one unit: a case with its hearing, offers and exhibits."""

from tuidan.domain.dispute.case import CASE_FOLDS, CASE_TABLE, OPEN, WAITING, Case
from tuidan.domain.dispute.exhibit import EXHIBIT_FOLDS, Exhibit
from tuidan.domain.dispute.hearing import HEARING_FOLDS, Hearing, find_hearing
from tuidan.domain.dispute.offer import OFFER_FOLDS, Offer, open_offer
from tuidan.domain.dispute.reasons import APPROVING, MISTAKES, REASONS, REJECTING

__all__ = [
    "APPROVING",
    "CASE_FOLDS",
    "CASE_TABLE",
    "EXHIBIT_FOLDS",
    "HEARING_FOLDS",
    "MISTAKES",
    "OFFER_FOLDS",
    "OPEN",
    "REASONS",
    "REJECTING",
    "WAITING",
    "Case",
    "Exhibit",
    "Hearing",
    "Offer",
    "find_hearing",
    "open_offer",
]
