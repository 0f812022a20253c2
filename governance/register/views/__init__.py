"""Pages that several apps make together."""
