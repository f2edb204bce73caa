"""A synthetic city to try the product in: four firms, the offices over them and 120 workers.

Nobody here exists. The product never imports this room: `make run` starts it as a process of its
own, as it starts the emulators, so that a system without a demo can leave it out.
"""
