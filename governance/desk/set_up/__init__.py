"""From an empty portal to the first working day: a one-time token, the organisation, the first HR person, the rest."""
