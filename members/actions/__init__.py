"""Everything that writes in `members`."""
