"""班组: workers form teams, invite by code, hand over."""
