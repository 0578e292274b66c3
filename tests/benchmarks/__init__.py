"""Benchmarks and a look at memory; none of it is part of the default run."""
