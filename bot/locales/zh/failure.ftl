### 出了差错时说的话：一句话，说清怎么办

failure-unknown = 抱歉，我这边出了差错（编号 { $error_id }）。您的话已存好，请稍后再发一次，或把编号告诉管理员。
failure-unknown-command = 没有这个命令。发 /help 看看我会什么，或者直接把问题打给我。
failure-stale-button = 这个按钮已经过期了，请重新问一次。
failure-no-such-record = 没找到这一条，可能已经更新了，请重新问一次。
failure-already-done = 这一条已经处理过了，没有再改。
failure-unclear-date = 没看出是哪天。请写成「下周三」或「12月8日」这样，从今天起的日子。
failure-outdated-card = 这张卡片已经改过了，请用下面最新的那张。
failure-account-needed = 请先选好是哪家客户。
failure-too-long-ago = 只能补记 { $days } 天内的拜访。请点「✏️ 改」换一个日子。
failure-too-late-to-undo = 已经超过 10 分钟，不能撤销了。要改，请在客户或承诺里改。

unreadable-empty = 这条消息是空的。请用文字把问题打给我。
unreadable-symbols = 我只认得文字。请把想问的写成一句话，例如「客户总压价怎么办」。
unreadable-too-long = 这条太长了，我一次只读 { $limit } 个字。请分几条发，每条说一件事。
unreadable-edited = 我按您最初发的那条来办。要改的话，请把改好的话重新发一条。
unreadable-forwarded = 这是转发来的话，我先存着。请用您自己的话告诉我想问什么。
unreadable-sticker = 表情我看不懂。请用文字告诉我。
unreadable-voice = 我还听不了语音。请用手机键盘的语音输入，把话变成文字发给我。
unreadable-picture = 我还看不了图片和视频。请把要点用文字发给我。
unreadable-document = 我还读不了文件。请把要点用文字发给我。
unreadable-other = 这种消息我读不了。请用文字告诉我。
