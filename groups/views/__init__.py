"""Pages of `groups`: a GET reads through one query, a POST makes one action call."""
