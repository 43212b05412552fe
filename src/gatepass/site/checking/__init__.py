"""What `gatepass check` recomputes. It shares nothing with what writes: its own SQL, its own arithmetic, its own reading of the terms."""
