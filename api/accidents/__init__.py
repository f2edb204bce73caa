"""事故: whom to call, what happened to whom, and the terms of the claim that follows."""
