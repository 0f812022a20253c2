"""From a workbook to a plan: reading, cleaning, comparing. Nothing here writes; `actions/importing.py` does."""
