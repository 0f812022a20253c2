"""The pages of `members`."""
