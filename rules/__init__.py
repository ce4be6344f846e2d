"""The rules, one file each, named by what is wrong. Nobody imports a rule by name: see `lossl.registry`."""
