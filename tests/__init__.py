"""Tests: each states a fact in its docstring."""
