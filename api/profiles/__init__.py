"""个人信息: a worker's one record, its corrections with proof, and the résumé that he shows."""
