### 日期

# Babel: https://babel.pocoo.org/en/latest/dates.html#date-fields
day-pattern = M月d日 EEE
