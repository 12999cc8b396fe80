"""What `cli.py` does, a module for each kind of command. Exit codes: 1 is left to defects."""

EXIT_DONE = 0
EXIT_BAD_INPUT = 2
