"""通知: each person's inbox, and the text message that says something waits there."""
