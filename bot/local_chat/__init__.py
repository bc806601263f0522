"""Local mode: Web Chat over a Direct Line on loopback."""
