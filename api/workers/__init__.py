"""工人: the person, his identity check 实名核验, verification code 实名核验码 and bank card."""
