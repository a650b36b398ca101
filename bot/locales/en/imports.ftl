### Spreadsheets and records that were sent: looked at first, imported after a nod

imports-reading = 📄 Got “{ $file }”, reading it …
imports-for-whom = 📄 Whose book is “{ $file }” for?
imports-own = your book
imports-book = the book of { $name }
imports-preview = 📄 <b>{ $file }</b> → { $book }
    Accounts: { $new } new · { $changed } changed · { $unchanged } as they were
imports-preview-record = 📄 <b>{ $file }</b> → { $book }
    The record of { $name } up to { $day }
    Entries: { $new } new · { $changed } changed · { $unchanged } as they were
imports-nothing = { "" }
    All of it is known already; there is nothing to import.
imports-problems = { "" }
    ⚠️ { $count ->
        [one] One row has a problem and is left out:
       *[other] { $count } rows have a problem and are left out:
    }
imports-row = Row { $row }: { $reason }
imports-more = … and { $count } more
imports-questions = ❓ { $count ->
        [one] One row looks like an account that is known; I will ask you after the import
       *[other] { $count } rows look like accounts that are known; I will ask you after the import
    }
imports-ignored = Columns not used: { $columns }
imports-other-sheets = Sheets not read: { $sheets }
imports-fractions = Margins are read as per cent (0.085 is 8.5%)
imports-unit = Money is in { $unit }
imports-policy = Your team’s policy stays as it is
imports-between = {", "}
imports-yes = ✅ Import
imports-no = Don’t import
imports-dropped = Fine, “{ $file }” was not imported.
imports-done = ✅ Imported into { $book }: { $new } new, { $changed } changed, { $unchanged } as they were.
imports-done-record = ✅ Imported into { $book }: { $new } new entries, { $changed } changed, { $unchanged } as they were.
imports-told = { $by } imported “{ $file }” into your book: { $new } new, { $changed } changed. What you had is still there.
imports-left-out = { $count ->
        [one] One row was left out; the file below names it.
       *[other] { $count } rows were left out; the file below names them.
    } Correct them and send the whole table again: what was imported is not doubled.
imports-list = rows left out.csv
imports-list-row = Row
imports-list-reason = Reason
imports-question = ❓ Row { $row }: is “{ $name }” the same as “{ $like }”?{ $count ->
        [1] { "" }
       *[other] {" "}({ $count } to answer)
    }
imports-same = Yes, the same
imports-new = No, another account
imports-skip = Skip this row
imports-all-new = None is: add all { $count }
imports-answered-same = Fine, it went into “{ $like }”, which also goes by “{ $name }” now.
imports-answered-new = Fine, “{ $name }” is an account of its own.
imports-answered-skip = Fine, “{ $name }” was skipped.
imports-answered-all = Fine, all { $count } are accounts of their own.

# Why a whole file cannot be read, and what to do
file-empty = This file is empty. Please check it and send it again.
file-too-big = This file is larger than { $limit } MB. Please send only the accounts, or several smaller files.
file-too-big-inside = Unpacked, this file is larger than { $limit } MB, so I leave it closed. Please copy the accounts into a new sheet.
file-too-many-rows = That is more than { $limit } rows. Please send it in parts, each with the heading.
file-too-many-columns = Row { $row } has more than { $limit } columns. Please keep only those about accounts.
file-cell-too-long = A cell of row { $row } is longer than { $limit } characters. Please take the long text out.
file-too-slow = Reading this file took too long, so I stopped. Please copy the accounts into a new sheet.
file-too-heavy = I cannot open this file, it needs too much memory. Please copy the accounts into a new sheet.
file-broken = This file does not open; it seems damaged. Please open it in Excel or WPS and save it as .xlsx.
file-encrypted = This file has a password. Please remove it and send the file again.
file-old-excel = This is an older kind of spreadsheet. Please open it in Excel or WPS and save it as .xlsx.
file-no-table = This is no spreadsheet. Please send a list of accounts as .xlsx or .csv.
file-unknown-encoding = I cannot tell this file’s encoding. Please save it as .xlsx, or as .csv in UTF-8.
file-no-heading = I found no column of account names. Please have a heading such as “Account name”, and one account a row.
file-not-fetched = I could not get this file from Telegram. Please send it again.

# Why a row cannot be imported
row-no-name = no “{ $heading }”
row-not-a-number = “{ $heading }” is “{ $value }”, which is no number
row-not-days = “{ $heading }” is “{ $value }”, which is no number of days
row-not-a-tier = “{ $heading }” is “{ $value }”; only A, B and C are known
row-not-a-trend = “{ $heading }” is “{ $value }”; write up, flat or down
row-not-a-stance = “{ $heading }” is “{ $value }”; write supporter, neutral or opponent
row-not-a-day = “{ $heading }” is “{ $value }”; write 2026-11-03
row-out-of-range = “{ $heading }” is “{ $value }”, which can hardly be
row-too-long = “{ $heading }” is longer than { $limit } characters
row-contradicts = says otherwise than row { $other } of “{ $name }”
row-formula = the formula of “{ $heading }” has no result; open the table and save it again
row-archived = “{ $name }” left your book; bring it back in /accounts first
row-alias-taken = another account goes by “{ $alias }” already

# What is wrong with a record
record-refused = This record was not imported, { $count ->
        [one] one thing is wrong:
       *[other] { $count } things are wrong:
    }
record-place = { $place }: { $reason }
record-whole = the whole file
record-no-json = is no complete JSON
record-missing = is missing
record-unknown-key = there is no such key
record-too-long = is longer than { $limit } characters
record-empty = must not be empty
record-not-one-of = must be one of { $allowed }
record-out-of-range = must be { $limits }
record-not-a-yes-or-no = must be true or false
record-not-a-text = must be a text
record-not-a-list = must be a list
record-not-an-object = must be an object
record-not-a-day = must be a date such as 2026-11-03
record-not-a-time = must be a time such as 15:30:00
record-not-a-whole-number = must be a whole number
record-not-a-number = must be a number
record-no-zone = is no time zone such as Asia/Shanghai
record-no-account = accounts has no “{ $name }”
record-twice = is the same as { $other }
record-wrong = is wrong
record-no-such-person = there is nobody called “{ $words }”
record-several-people = several people are called “{ $words }”; give one of the ids { $ids }
record-no-team = { $words } is in no team, so the record’s policy has nowhere to hold
