"""Everything that writes in `groups`: one module per noun, one bare verb per step."""
