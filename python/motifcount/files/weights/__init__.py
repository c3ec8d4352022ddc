"""Weights and masks of layers that follow each other."""
