"""What the bot does: one room a capability, plain functions, no SDK."""
