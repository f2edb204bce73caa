"""What other features ask of engagements."""

from api.engagements.models import State
from api.engagements.presence import EngagementView, on_site

__all__ = ["EngagementView", "State", "on_site"]
