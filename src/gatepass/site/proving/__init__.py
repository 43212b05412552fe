"""The proofs of rows: which tables have them, and the function that writes them."""
