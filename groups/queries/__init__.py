"""What pages and actions of `groups` read."""
