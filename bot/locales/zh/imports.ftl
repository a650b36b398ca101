### 发来的表格和档案：先看一眼，点头了再导入

imports-reading = 📄 收到「{ $file }」，正在读……
imports-for-whom = 📄 「{ $file }」放进谁的客户簿？
imports-own = 您的客户簿
imports-book = { $name } 的客户簿
imports-preview = 📄 <b>{ $file }</b> → { $book }
    新增 { $new } 家 · 更新 { $changed } 家 · 不变 { $unchanged } 家
imports-preview-record = 📄 <b>{ $file }</b> → { $book }
    { $name } 的档案，截至 { $day }
    新增 { $new } 条 · 更新 { $changed } 条 · 不变 { $unchanged } 条
imports-nothing = { "" }
    都是已有的，没有要导入的。
imports-problems = { "" }
    ⚠️ { $count } 行有问题，先放着不导入：
imports-row = 第 { $row } 行：{ $reason }
imports-more = ……还有 { $count } 行
imports-questions = ❓ { $count } 行像是已有的客户，导入后逐个问您
imports-ignored = 没用到的列：{ $columns }
imports-other-sheets = 没读的工作表：{ $sheets }
imports-fractions = 毛利率的小数按百分比读（0.085 是 8.5%）
imports-unit = 金额单位：{ $unit }
imports-policy = 团队规则以您团队的为准，不随档案改动
imports-between = 、
imports-yes = ✅ 导入
imports-no = 不导入
imports-dropped = 好，「{ $file }」没有导入。
imports-done = ✅ { $book }已更新：新增 { $new } 家，更新 { $changed } 家，不变 { $unchanged } 家。
imports-done-record = ✅ { $book }已更新：新增 { $new } 条，更新 { $changed } 条，不变 { $unchanged } 条。
imports-told = { $by } 往您的客户簿里导入了「{ $file }」：新增 { $new }，更新 { $changed }。原来有的都还在。
imports-left-out = { $count } 行没导入，清单见下面的文件。改好了把整张表再发一次就行，导入过的不会重复。
imports-list = 没导入的行.csv
imports-list-row = 行
imports-list-reason = 原因
imports-question = ❓ 第 { $row } 行「{ $name }」和「{ $like }」是同一家吗？{ $count ->
        [1] { "" }
       *[other] （一共 { $count } 个要问）
    }
imports-same = 是同一家
imports-new = 不是，另建一家
imports-skip = 跳过这一行
imports-all-new = 都不是，{ $count } 家全部另建
imports-answered-same = 好，并进「{ $like }」，以后叫「{ $name }」我也认得。
imports-answered-new = 好，「{ $name }」另建一家。
imports-answered-skip = 好，「{ $name }」跳过了。
imports-answered-all = 好，{ $count } 家都另建了。

# 整份文件为什么读不了，怎么办
file-empty = 这个文件是空的。请检查一下再发。
file-too-big = 这个文件超过 { $limit } MB，太大了。请只留客户名单，或分几份发。
file-too-big-inside = 这个文件展开后超过 { $limit } MB，我不敢打开。请把名单复制到一张新表里再发。
file-too-many-rows = 超过 { $limit } 行了。请分成几份发，每份都带表头。
file-too-many-columns = 第 { $row } 行超过 { $limit } 列。请只留和客户有关的列。
file-cell-too-long = 第 { $row } 行有一格超过 { $limit } 个字。请把长文字删掉再发。
file-too-slow = 这个文件读了太久，我停下来了。请把名单复制到一张新表里再发。
file-too-heavy = 这个文件我打不开，它要的内存太多。请把名单复制到一张新表里再发。
file-broken = 这个文件打不开，像是坏了。请在 Excel 或 WPS 里打开，另存为 .xlsx 再发。
file-encrypted = 这个文件设了密码。请去掉密码再发。
file-old-excel = 这是旧格式的表格。请在 Excel 或 WPS 里打开，另存为 .xlsx 再发。
file-no-table = 这不是表格。客户名单请发 .xlsx 或 .csv。
file-unknown-encoding = 认不出这个文件的文字编码。请另存为 .xlsx，或 UTF-8 的 .csv 再发。
file-no-heading = 没找到客户名称这一列。请让表头里有「客户名称」或「店名」，下面每行一家。
file-not-fetched = 这个文件没能从 Telegram 取来。请再发一次。

# 一行为什么不能导入
row-no-name = 没有「{ $heading }」
row-not-a-number = 「{ $heading }」是“{ $value }”，看不出是多少
row-not-days = 「{ $heading }」是“{ $value }”，看不出几天
row-not-a-tier = 「{ $heading }」是“{ $value }”，只认 A、B、C
row-not-a-trend = 「{ $heading }」是“{ $value }”，请写上升、持平或下降
row-not-a-stance = 「{ $heading }」是“{ $value }”，请写支持、中立或反对
row-not-a-day = 「{ $heading }」是“{ $value }”，请写成 2026-11-03
row-out-of-range = 「{ $heading }」是“{ $value }”，不像是真的
row-too-long = 「{ $heading }」超过 { $limit } 个字
row-contradicts = 和第 { $other } 行都是「{ $name }」，写得却不一样
row-formula = 「{ $heading }」的公式没有结果，请打开表格重新保存
row-archived = 「{ $name }」已经停用，请先在 /accounts 里恢复
row-alias-taken = 别名“{ $alias }”已经是别家的了

# 一份档案哪里不对
record-refused = 这份档案有 { $count } 处不对，没有导入：
record-place = { $place }：{ $reason }
record-whole = 整个文件
record-no-json = 不是完整的 JSON
record-missing = 缺这一项
record-unknown-key = 没有这一项
record-too-long = 超过 { $limit } 个字
record-empty = 不能为空
record-not-one-of = 只能是 { $allowed }
record-out-of-range = 应当 { $limits }
record-not-a-yes-or-no = 应当是 true 或 false
record-not-a-text = 应当是文字
record-not-a-list = 应当是列表
record-not-an-object = 应当是一组键和值
record-not-a-day = 应当是 2026-11-03 这样的日期
record-not-a-time = 应当是 15:30:00 这样的时间
record-not-a-whole-number = 应当是整数
record-not-a-number = 应当是数
record-no-zone = 没有这个时区，应当像 Asia/Shanghai
record-no-account = accounts 里没有「{ $name }」
record-twice = 和 { $other } 重复
record-wrong = 这里不对
record-no-such-person = 没有叫「{ $words }」的人
record-several-people = 叫「{ $words }」的不止一位，请用编号：{ $ids }
record-no-team = { $words } 不在任何团队里，档案里的团队规则没有地方放
