"""Steps that several apps take together."""

from .establishment import confirm_establishment

__all__ = ["confirm_establishment"]
