"""Style sheets, one a concern."""

from pathlib import Path

FOLDER = Path(__file__).parent
STYLES = ("milepost.css", "roadmap.css", "timeline.css", "budget.css", "features.css", "explain.css")
