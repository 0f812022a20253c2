"""From a list of existing groups to what would be registered. Nothing here writes; `actions/existing.py` does."""
