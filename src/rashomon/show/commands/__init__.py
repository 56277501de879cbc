"""The commands, a file for each kind; they only call the library."""
