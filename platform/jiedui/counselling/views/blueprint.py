"""The room's blueprint."""

from flask import Blueprint

bp = Blueprint("counselling", __name__)
