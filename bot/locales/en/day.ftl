### Dates

# Babel: https://babel.pocoo.org/en/latest/dates.html#date-fields
day-pattern = EEE d MMM
day-month-pattern = LLLL y
# whose manner of writing spans of dates
day-interval-locale = en_GB
