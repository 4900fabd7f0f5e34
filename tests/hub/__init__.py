"""The communication hub as a whole: real files, processes and receivers; the clock is ours."""
