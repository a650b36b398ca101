### /accounts：客户簿、客户的卡片和资料

# 客户簿
accounts-book = <b>{ $name }：{ $count } 家</b>
    { $tiers } · 第 { $page }/{ $pages } 页
    点一家看卡片，最久没见的排在前面。
accounts-mine = 我的客户
accounts-empty = <b>您的客户簿还是空的。</b>
    点 ➕，打上客户的名字，选个分级就好；别的以后再补。
accounts-entry = { $name } · { $ago }
accounts-one-line = { $tier } { $name }
accounts-all = 全部
accounts-new = ➕ 新客户
accounts-archived-button = 🗄 已归档 { $count }
accounts-list-archived = <b>已归档的客户：{ $count } 家</b>
    记录都还在；点开一家，可以请回客户簿。
accounts-whose = <b>看谁的客户？</b>
accounts-other-books = 👥 换个人看
accounts-back = ◀ 客户簿
accounts-found = <b>「{ $words }」：{ $count } 家</b>，点一家：
accounts-found-more = <b>「{ $words }」：{ $count } 家</b>，先列前 { $shown } 家。多打一个词能更准。
accounts-not-found = 没找到「{ $words }」。换一个词试试：名字、叫法、联系人、片区、拼音首字母都行。

# 添加
accounts-ask-new = 客户叫什么？把名字打给我，例如「永兴便利店」。
accounts-added = ✅ <b>{ $name }</b> 加进客户簿了。
    多久该见一次？点一个分级；别的资料以后再补。
accounts-tier-days = { $tier } · { $days } 天
accounts-known = 客户簿里已经有 <b>{ $name }</b>，没有再加。
accounts-known-archived = <b>{ $name }</b> 在已归档的客户里。要请回客户簿吗？
accounts-near = 「{ $name }」和这几家很像，是其中一家吗？
accounts-is-new = ➕ 都不是，是新客户
accounts-open = 看这一家
accounts-name-taken = 客户簿里已经有「{ $name }」了，请换一个名字。
accounts-name-archived = 「{ $name }」在已归档的客户里，请到 /accounts 的「已归档」里把它请回来。
accounts-name-too-long = 名字太长了，请写在 { $limit } 个字以内。

# 卡片
accounts-name = <b>{ $what }</b>
accounts-tier = { $tier } 级
accounts-figures = 💰 { $what }
accounts-figure-annual_sales = 年销 { $value }{ $unit }
accounts-figure-potential = 潜力 { $value }{ $unit }
accounts-figure-margin_pct = 毛利 { $value }%
accounts-figure-payment_delay_days = 拖款 { $value } 天
accounts-trend-up = 走势上升
accounts-trend-flat = 走势持平
accounts-trend-down = 走势下滑
accounts-met = 🕑 { $ago }见过 · { $what }
accounts-never-met = 🕑 还没有拜访记录
accounts-you = 您
accounts-ago = { $days ->
        [0] 今天
        [1] 昨天
       *[other] { $days } 天前
    }
accounts-never = 没见过
accounts-complaint = ❗ 投诉未答复：{ $what }
accounts-appointment = 📅 { $when } { $what }
accounts-step = ➡️ { $when } { $what }
accounts-owed = 🤝 欠他 { $count }：{ $what } { $when }
accounts-owed-more = 🤝 { $what } { $when }
accounts-client-owes = 💬 他欠 { $count }：{ $what } { $when }
accounts-client-owes-more = 💬 { $what } { $when }
accounts-late = ❗{ $when }
accounts-people = 👥 { $what }
accounts-person = { $name }（{ $role }）
accounts-between = 、
accounts-and-more = { $people } 等 { $count } 人
accounts-gaps = 📋 还缺：{ $what }
accounts-gap-segment = 类别
accounts-gap-potential = 潜力
accounts-gap-annual_sales = 年销
accounts-gap-margin_pct = 毛利
accounts-gap-payment_delay_days = 拖款天数
accounts-gap-trend = 走势
accounts-gap-contact = 联系人
accounts-gap-contacts = 更多联系人
accounts-gone = 🗄 { $day } 归档，不在客户簿里了
accounts-prepare = 🎯 拜访前准备
accounts-contacts = 👥 联系人 { $count }
accounts-promises = 🤝 承诺往来
accounts-edit = ✏️ 改资料
accounts-archive = 🗄 归档
accounts-archived = 归档了，记录都还在
accounts-bring-back = ↩ 请回客户簿
accounts-brought-back = 回到客户簿了
accounts-back-to-card = ◀ 客户卡片

# 资料
accounts-file = ✏️ <b>{ $name }</b>
    要改哪一项？点一下。
accounts-field-name = 改名字
accounts-field-tier = 分级：{ $value }
accounts-field-segment = 类别：{ $value }
accounts-field-area = 片区：{ $value }
accounts-field-aliases = 别的叫法：{ $value }
accounts-field-empty = { $field }：—
accounts-noted = 改好了
accounts-clear = 🧹 清空
accounts-ask-name = <b>{ $name }</b> 改叫什么？把新名字打给我。
accounts-ask-tier = <b>{ $name }</b> 是哪一级？A 是重点客户。
accounts-ask-trend = <b>{ $name }</b> 的进货在往哪边走？
accounts-ask-segment = <b>{ $name }</b> 是哪一类客户？例如「便利店」「制造业」。
accounts-ask-area = <b>{ $name }</b> 在哪一片？同一片的，我会帮您排在一起。
accounts-ask-annual_sales = <b>{ $name }</b> 一年从咱们这儿买多少？例如「80」「12 万」。
accounts-ask-potential = <b>{ $name }</b> 一年一共要买多少，别家的也算？例如「120」「30 万」。
accounts-ask-margin_pct = 做 <b>{ $name }</b> 的毛利率是多少？例如「8.5%」。
accounts-ask-payment_delay_days = <b>{ $name }</b> 付款一般拖几天？例如「15 天」，不拖就写 0。
accounts-ask-alias = 您平时还怎么叫 <b>{ $name }</b>？打给我，例如「五一店」。
accounts-rename-sure = ✅ 就用这个名字
accounts-aliases = <b>{ $name }</b> 别的叫法
    记拜访时用哪个叫法我都认得。点一个可以去掉。
accounts-alias-new = ➕ 加一个叫法
accounts-alias-taken = 「{ $alias }」已经是「{ $name }」的叫法了，请换一个。
accounts-words-too-long = 写得太长了，请写在 { $limit } 个字以内。
accounts-not-money = 请写一个 0 以上的数，例如 120、12万 或 80k。
accounts-too-much-money = 这个数太大了，不像真的。请看看单位，再写一次。
accounts-not-percent = 请写一个 -100 到 100 之间的百分数，例如 8.5%。
accounts-not-days = 请写 0 到 { $most } 之间的天数，例如 15 天；不拖就写 0。
