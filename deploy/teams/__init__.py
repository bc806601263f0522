"""The app package that Teams installs."""
