"""诚信: good and bad conduct, heard before it is decided; evaluations; the score they make."""
