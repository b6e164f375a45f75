"""Checks of checkov, which loads only folders with this file."""
