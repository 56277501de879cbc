"""Runtimes: what turns texts into a parse with the weights of an installed spaCy pipeline."""
