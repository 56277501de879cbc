"""The only room that knows about processes: it carries records from stage to stage."""
