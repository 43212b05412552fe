"""What is checked of rows and guards, as constant SQL."""
