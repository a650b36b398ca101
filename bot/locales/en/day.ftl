### Dates

# Babel: https://babel.pocoo.org/en/latest/dates.html#date-fields
day-pattern = EEE d MMM
