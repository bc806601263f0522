"""What people see: pure functions from values to Adaptive Card dicts."""
