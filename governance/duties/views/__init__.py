"""What one does to a duty itself, and who takes duties up for somebody else."""
