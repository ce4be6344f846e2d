"""Rules for lossl, one file each."""
