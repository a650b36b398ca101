### /promises：承诺，谁欠谁什么

promises-owed = <b>您欠着 { $count } 个承诺</b>
promises-none = <b>您没有欠着的承诺。</b>
promises-line = { $number }. { $account }：{ $what }
    　　{ $when }
promises-no-account = 未记客户
promises-no-day = 没说日子
promises-due = { $day }
promises-due-today = { $day } · 今天到期
promises-due-after = { $day }休息 · 今天到期
promises-late = { $day } · 已过 { $days } 天
promises-rate = 近 8 周：到期 { $due } 个，按时 { $kept } 个 = { $percent }%（迟 { $late }，未做 { $missed }）
promises-rate-none = 近 8 周还没有到期的承诺。
promises-act-kept = ✅ { $number } 做到
promises-act-day = 📅 { $number } 改期
promises-act-drop = ✖ { $number } 撤回
promises-act-client-kept = ✅ { $number } 做到
promises-act-client-drop = ✖ { $number } 不提了
promises-kept = ✅ 做到了：{ $what }
promises-withdrawn = ✖ 已撤回：{ $what }
promises-moved = 📅 { $what } 改到 { $day }
promises-undo = ↩ 点错了
promises-reopened = 恢复了
promises-noted = 记下了
promises-which-day = 「{ $what }」和客户说好改到哪天？点一个，或打字给我，例如「下周三」。客户没同意就先别改。
promises-clients = 客户欠我 { $count }
promises-client-owed = <b>客户说过的</b>（不算您的）
promises-client-none = 客户没有说好还没做的事。
promises-back = ◀ 我欠的
promises-history = <b>{ $account } · 来往的承诺</b>
    { $lines }
    ✅ 按时 ☑️ 迟了做到 ⏳ 未到期 ❗ 过期 ✖ 撤回
promises-history-ours = { $mark } 我：{ $what }（{ $when }）
promises-history-theirs = { $mark } 客户：{ $what }（{ $when }）
promises-no-history = { $account } 还没有承诺的记录。
