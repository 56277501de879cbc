"""The room people and programs look in through: command line and report."""
