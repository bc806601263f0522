"""What the team knows: rules, words and numbers. No SDK, no store, no clock of its own."""
