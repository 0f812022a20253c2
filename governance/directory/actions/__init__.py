"""What writes the directory."""
