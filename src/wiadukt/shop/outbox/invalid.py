"""What is wrong with a text that is not of the contract, in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language
from pydantic import ValidationError

from wiadukt.contract.faults import faults_of

MOST = 10


def in_words(error: ValidationError) -> list[str]:
    """One sentence a fault, at most ten: the field, what is wrong, the remedy."""
    language = (get_language() or "pl")[:2]
    return [fault.sentence(language) for fault in faults_of(error, language)[:MOST]]
