"""What writes the directory."""

from .external import add_external_contact
from .logins import give_login
from .numbering import next_number
from .offices import begin_tenure, end_tenure, ensure_office

__all__ = [
    "add_external_contact",
    "begin_tenure",
    "end_tenure",
    "ensure_office",
    "give_login",
    "next_number",
]
