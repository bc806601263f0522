"""What the linter reads in a text (playbook section 10)."""
