### /goals: a month's three numbers

goals-head = 🎯 <b>Goals for { $month }</b>
goals-last = <b>How last month ended</b>
goals-line = · { $kind } { $reached }/{ $target } = { $percent }%{ $expected }
goals-line-untold = · { $kind }: { $target }, not told yet
goals-line-done = · { $kind }: { $reached }, without a goal
goals-line-target = · { $kind }: { $target }
goals-expected = , pace { $expected }
goals-ask-month = 🎯 <b>What shall { $month } bring?</b> Three numbers; tap one to set it.
goals-none = None yet. Tap one, set a number within reach, and I watch the pace for you.
goals-kind-visits = Visits
goals-kind-volume = Volume
goals-kind-new_accounts = New accounts
goals-act-set = 🎯 { $kind }
goals-act-tell = 📦 Report volume
goals-act-tell-last = 📦 Last month's volume
goals-ask-visits = How many visits in { $month }? Tap one or type it, for example “80”.
goals-ask-volume = What volume in { $month }? Tap one or type it, for example “80” or “120k”.
goals-ask-new-accounts = How many new accounts in { $month }? Tap one or type it, for example “3”.
goals-before = Last month: { $reached }.
goals-ask-reached = What volume so far in { $month }? Type it, for example “45” or “60k”.
goals-set = ✅ { $kind } set: { $target }
goals-told = ✅ Volume noted: { $reached }
goals-not-a-number = I see no number there. Please type one, for example 80 or 120k.
goals-out-of-range = That is out of reach. Please type a number from 0 to { $most }.
goals-whole-number = Please type a whole number, for example 12.
goals-back = ◀ Goals
