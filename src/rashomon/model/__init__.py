"""The records that travel between rooms: plain frozen values with evidence, and their JSON form."""
