"""The sentence under each figure, computed from its numbers; and the tables behind them."""
