"""The coach: what it hears, decides, remembers and says. `application.py` puts it together."""
