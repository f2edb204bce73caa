"""工资条: a worker's own wages: what he sees, signs, objects to, shares, and when money comes."""
