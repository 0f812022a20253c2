"""Links that open something by themselves do not stand in the log, where a refused request is named with its path."""

import logging
import re

SECRETS = re.compile(r"(/join/|/password/reset/key/[0-9A-Za-z]+-|/set-up/enter/)[^/\s?#]{8,}")


def masked(text: str) -> str:
    """The text with the secret part of each such link left out."""
    return SECRETS.sub(r"\1…", text)


class MaskSecrets(logging.Filter):
    """Rewrites what is logged; lets everything through."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if SECRETS.search(text):
            record.msg, record.args = masked(text), None
        return True
