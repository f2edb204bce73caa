"""找回账号 by those who know the person: colleagues and an officer of his enterprise."""
