"""企业: enterprises, their verification and code, their qualifications and staff."""
