"""Figures as pure functions: arrays and strings in, a Plotly figure out, in the one palette.

A figure is the plain dict of `data` and `layout` that Plotly reads: building a `go.Figure` of it checks every property and
costs 20 ms, at each key; the tests build one of each instead.
"""
