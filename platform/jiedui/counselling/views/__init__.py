"""Pages of counselling."""

from jiedui.counselling.views import crisis, desk, referring, schools, screening
from jiedui.counselling.views.blueprint import bp

__all__ = ["bp", "crisis", "desk", "referring", "schools", "screening"]
