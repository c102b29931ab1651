"""The rules: pure Python without framework, network, clock, chance or database."""
