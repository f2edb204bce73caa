"""考勤: punches that never change, the work days drawn from them, and who decided what."""
