"""Pages of the book and of its enforcement. Every button leads to a command's form at /do/."""
