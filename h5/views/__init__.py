"""Views: what each page asks the services, and what it shows."""
