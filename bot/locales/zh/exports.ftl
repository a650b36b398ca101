### /export：把客户簿和记录导出来

exports-whose = 导出谁的客户簿？
exports-which = 要哪一种？
    <b>Excel</b>：客户、拜访、承诺……每种一张工作表
    <b>CSV</b>：只有客户和联系人
    <b>完整档案</b>：一份 JSON，以后能原样导回来
exports-which-facts = 导出 { $name } 的记录，要哪一种？
    只有事实：客户、拜访、承诺、计划。笔记原文和用词样本只有本人能导。
exports-xlsx = Excel
exports-csv = CSV
exports-record = 完整档案
exports-done = { $name }，截至 { $day }
exports-done-import = { $name }，截至 { $day }。改好了可以再发给我，我会更新。
exports-team = { $team }，{ $managers } 位客户经理，截至 { $day }。只有事实：没有笔记原文、用词样本和只给本人看的提示。
exports-team-empty = 这个团队里还没有客户经理，没有可导出的。
exports-between = 、
exports-unit = （{ $unit }）

# 工作表和列的名字；「客户」这张表可以再导回来
exports-accounts = 客户
exports-visits = 拜访
exports-promises = 承诺
exports-client_promises = 客户承诺
exports-next_steps = 下一步
exports-complaints = 投诉
exports-plans = 日计划
exports-market_reports = 市场反馈
exports-wording = 用词样本
exports-leave = 休假
exports-column-manager = 客户经理
exports-column-unit = 金额单位
exports-column-name = 客户名称
exports-column-aliases = 别名
exports-column-tier = 级别
exports-column-segment = 行业
exports-column-area = 片区
exports-column-potential = 潜力
exports-column-annual_sales = 年销售额
exports-column-margin_pct = 毛利率
exports-column-payment_delay_days = 逾期天数
exports-column-trend = 趋势
exports-column-archived_on = 停用日期
exports-column-contact = 联系人
exports-column-role = 职务
exports-column-stance = 态度
exports-column-date = 日期
exports-column-account = 客户
exports-column-kind = 方式
exports-column-outcome = 结果
exports-column-note = 记录
exports-column-made = 提出日期
exports-column-what = 事项
exports-column-due = 到期
exports-column-moved_to = 改到
exports-column-kept_on = 做到
exports-column-withdrawn_on = 取消
exports-column-wording = 原话
exports-column-said = 说的日期
exports-column-agreed = 约定日期
exports-column-time = 时间
exports-column-done_on = 完成
exports-column-dropped_on = 放下
exports-column-text = 内容
exports-column-answered_on = 回应
exports-column-target = 目标家数
exports-column-accounts = 客户
exports-column-topic = 主题
exports-column-first_day = 第一天
exports-column-last_day = 最后一天
exports-trend-up = 上升
exports-trend-flat = 持平
exports-trend-down = 下降
exports-kind-visit = 上门
exports-kind-call = 电话
exports-kind-message = 消息
