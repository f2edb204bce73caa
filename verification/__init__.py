"""Identity facts: what a number, name, card, photo or provider's answer proves. Pure, no I/O."""
