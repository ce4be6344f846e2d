"""The abstract interpreter: runs a program on values that are sets of possibilities. Knows no framework and no rule."""
