"""How the bot gets to where it runs."""
