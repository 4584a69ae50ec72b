"""The blueprint of « Registre », shared by its pages."""

from flask import Blueprint
from werkzeug.wrappers import Response

pages = Blueprint("protection", __name__, url_prefix="/communautes/<slug>/registre")
Answer = str | Response
