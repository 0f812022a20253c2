"""What the pages about logins read."""
