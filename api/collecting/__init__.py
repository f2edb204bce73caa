"""采集: a verified enterprise collects its workers; each worker confirms or denies."""
