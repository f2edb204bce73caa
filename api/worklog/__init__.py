"""记工: two books of the same work, the worker's and the team leader's, side by side."""
