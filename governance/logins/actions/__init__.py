"""What HR does about logins."""
