"""Runs that a reader watches: a job in a process of its own, which reports through a pipe and is stopped by ending it."""
