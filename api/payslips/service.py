"""What other features ask of payslips."""

from api.payslips.papers import Proof, frozen, proofs_of

__all__ = ["Proof", "frozen", "proofs_of"]
