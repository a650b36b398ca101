### What the terminal says at start

run-phone = Zhixing is running. Open { $address } in a browser (Ctrl+C ends it)
run-bad-setting = A setting is wrong: { $problem }
run-bad-token = Telegram refuses this token. Check COACH_TELEGRAM_TOKEN, or leave it out to use the local phone.
run-bad-article = A knowledge article is broken, so the coach did not start. { $problem }
run-no-port = The local phone cannot open a port ({ $problem }). Choose another with COACH_PHONE_PORT.
