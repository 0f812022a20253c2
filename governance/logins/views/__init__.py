"""Pages about logins: for HR, and for whoever comes in by a link."""
