### /goals：一个月的三个数

goals-head = 🎯 <b>{ $month }的目标</b>
goals-last = <b>上个月的结果</b>
goals-line = · { $kind } { $reached }/{ $target } = { $percent }%{ $expected }
goals-line-untold = · { $kind } 目标 { $target }，还没报
goals-line-done = · { $kind } { $reached }（没定过目标）
goals-line-target = · { $kind } { $target }
goals-expected = ，该到 { $expected }
goals-ask-month = 🎯 <b>{ $month }想做到多少？</b>三个数，点一项定下来。
goals-none = 还没有定。点一项，定一个够得着的数，我替您看着进度。
goals-kind-visits = 拜访
goals-kind-volume = 销量
goals-kind-new_accounts = 新客户
goals-act-set = 🎯 { $kind }
goals-act-tell = 📦 报销量
goals-act-tell-last = 📦 补报上个月销量
goals-ask-visits = { $month }打算拜访多少次？点一个，或打字给我，例如「80」。
goals-ask-volume = { $month }销量想做到多少？点一个，或打字给我，例如「80」「12 万」。
goals-ask-new-accounts = { $month }想新开几家客户？点一个，或打字给我，例如「3」。
goals-before = 上个月做到 { $reached }。
goals-ask-reached = { $month }到现在做了多少销量？打字给我，例如「45」「6 万」。
goals-set = ✅ { $kind }定了：{ $target }
goals-told = ✅ 销量记下了：{ $reached }
goals-not-a-number = 没看出是多少。请写一个数，例如 80、12万。
goals-out-of-range = 这个数不像真的，请写 0 到 { $most } 之间的数。
goals-whole-number = 请写一个整数，例如 12。
goals-back = ◀ 目标
