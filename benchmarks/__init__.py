"""The figures that the README states, each printed by a command of this package."""
