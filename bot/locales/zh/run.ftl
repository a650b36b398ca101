### 启动时终端里的话

run-phone = 知行已经启动。请在浏览器打开 { $address } （按 Ctrl+C 结束）
run-bad-setting = 设置有误：{ $problem }
run-bad-token = Telegram 不认这个令牌。请核对 COACH_TELEGRAM_TOKEN，或去掉它来使用本地手机。
run-bad-article = 知识条目有误，教练没有启动。{ $problem }
run-no-port = 本地手机打不开端口（{ $problem }）。请用 COACH_PHONE_PORT 换一个端口。
