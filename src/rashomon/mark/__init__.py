"""One article at a time: what it names, dates, quotes, credits and claims."""
