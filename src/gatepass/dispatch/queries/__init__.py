"""The only readers of shipping notices."""
