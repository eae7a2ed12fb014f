"""Rewriting for French, and for French into English: hours, numbers, ordinals, names, capitals."""
