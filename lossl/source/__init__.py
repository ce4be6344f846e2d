"""Text on the disk to named modules: files, notebooks, projects. Knows no framework and no meaning."""
