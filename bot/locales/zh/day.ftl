### 日期

# Babel: https://babel.pocoo.org/en/latest/dates.html#date-fields
day-pattern = M月d日 EEE
day-month-pattern = y年M月
# 用哪种习惯写日期的起止
day-interval-locale = zh
