"""Where Casemate keeps things: one protocol, one suite of tests, a backend for each place it runs."""
