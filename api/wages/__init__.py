"""工资: terms of pay, wage sheets with their lines, signatures and objections."""
