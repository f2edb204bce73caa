"""保险: policies against work injuries and accidents, who is insured by them, and who is not."""
