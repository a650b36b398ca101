### 团队资料：主管发来的文件，只给自己团队查；/handbook

handbook-reading = 📎 收到「{ $file }」，正在为「{ $team }」读……
handbook-for-which = 📎 「{ $file }」放进哪个团队的资料？只有那个团队查得到。
handbook-stored = 📎 <b>{ $file }</b> 收进「{ $team }」的资料了
handbook-size = { $headings } 个标题 · { $passages } 段
handbook-size-pages = { $pages } 页 · { $headings } 个标题 · { $passages } 段
handbook-size-slides = { $pages } 张幻灯片 · { $headings } 个标题 · { $passages } 段
handbook-headings = 标题：{ $headings }
handbook-between = 、
handbook-replaced = 这是第 { $version } 版。第 { $before } 版先收着，随时能换回来。
handbook-some-scanned = ⚠️ 有 { $count } 页只是图片，里面的字我读不到。
handbook-ask-now = 现在就查得到，问一句试试。
handbook-open = 📂 看这份资料
handbook-refused = 📎 「{ $file }」没有收进来。
    { $reason }

handbook-list = <b>团队资料</b>（各团队只查得到自己的）
handbook-line = { $number }. { $file } · 第 { $version } 版
handbook-of-team = <b>{ $team }</b>
handbook-none = 还没有团队资料。
    把文件发给我就行：Word、PPT、PDF、Markdown、纯文本。我会切成小段，只给您的团队查。
handbook-own-answers = 💬 我答过的 { $count }
handbook-one = <b>{ $file }</b>
    { $team } · 第 { $version } 版
handbook-sent = { $name } 发来，{ $day }
handbook-bring-back = ↩ 换回第 { $version } 版
handbook-brought-back = ✅ 换回第 { $version } 版了，马上生效。
handbook-remove = 🗑 移除
handbook-remove-ask = 移除「{ $file }」？「{ $team }」就再也查不到了，前一版也一起删掉。
handbook-remove-sure = 是，移除
handbook-remove-not = ◀ 先不
handbook-removed = 🗑 「{ $file }」移除了，已经查不到。
handbook-back = ◀ 团队资料

# 用团队资料回答
handbook-answer = 📎 <b>团队资料 · { $heading }</b>
    { $text }
    <i>{ $source }</i>
handbook-source = 「{ $file }」第 { $version } 版
handbook-source-page = 「{ $file }」第 { $version } 版，第 { $page } 页
handbook-source-slide = 「{ $file }」第 { $version } 版，第 { $page } 张
handbook-signed = { $name } 答，{ $day }
handbook-whole = 看整段
handbook-next = 下一条 ▶
handbook-go-on = 接着看 ▶
handbook-also = 📎 团队资料也有：{ $title }
handbook-near = 📎 团队资料：{ $title }

# 文件为什么收不进来，怎么办
handbook-only-leads = 团队资料由主管来发。您可以把文件转给主管；要导入客户，请发 .xlsx 或 .csv。
handbook-no-team = 您还没有带团队，资料没有地方放。请管理员在 /team 里把团队交给您。
handbook-empty = 里面没有文字。请检查一下再发。
handbook-too-big = 超过 { $limit } MB 了，Telegram 不让我取。请压缩图片，或分几份发。
handbook-too-big-inside = 展开后超过 { $limit } MB，我不敢打开。请压缩图片，或分几份发。
handbook-too-many-pages = 超过 { $limit } 页了。请分几份发。
handbook-too-long = 切出来超过 { $limit } 段，太长了。请分几份发。
handbook-team-full = 这个团队的资料加起来会超过 { $limit } 段。请先在 /handbook 里移除用不上的。
handbook-too-slow = 读了太久，我停下来了。请分几份发，或另存一份再发。
handbook-too-heavy = 它要的内存太多，我打不开。请压缩图片，或分几份发。
handbook-broken = 打不开，像是坏了。请在原来的软件里打开，另存一份再发。
handbook-locked = 设了密码，我打不开。请去掉密码再发。
handbook-scanned = 每一页都是扫描的图片，没有文字。请发原来的 Word，或用软件识别成文字再发。
handbook-garbled = 里面的字认不出来（字体没带对照表）。请发原来的 Word，或重新导出 PDF。
handbook-old-format = 这种格式我读不了。请另存为 .docx、.pptx 或 .pdf 再发。
handbook-unknown-format = 内容和文件名对不上，我读不了。请另存为 .docx、.pptx 或 .pdf 再发。
handbook-unknown-encoding = 认不出它的文字编码。请另存为 UTF-8 的文本，或 .docx 再发。
