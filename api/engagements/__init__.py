"""进退场: who works on which project, from which day to which."""
