"""Measurements beside other tools; each module opens with how to run it."""
