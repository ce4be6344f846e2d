"""What stubs claim of numbers, tried on the libraries themselves."""
