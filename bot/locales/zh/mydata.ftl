### /mydata：存了什么，谁能看，怎么删

mydata = <b>关于您，我存着</b>
    { $kinds }
    <b>谁能看到</b>
    { $seen }
    处理完的聊天原文，{ $days } 天后自动忘掉。
mydata-none = 还什么都没有。
mydata-between = {" · "}
mydata-kind-account = 客户 { $count }
mydata-kind-visit = 拜访 { $count }
mydata-kind-note = 笔记 { $count }
mydata-kind-promise = 承诺 { $count }
mydata-kind-client-promise = 客户承诺 { $count }
mydata-kind-next-step = 下一步 { $count }
mydata-kind-complaint = 投诉 { $count }
mydata-kind-market-report = 市场反馈 { $count }
mydata-kind-plan = 日计划 { $count }
mydata-kind-question = 提问 { $count }
mydata-kind-wording = 用词样本 { $count }
mydata-kind-flag = 提示 { $count }
mydata-kind-leave = 休假 { $count }
mydata-kind-upload = 文件 { $count }
mydata-kind-handbook = 团队资料 { $count }
mydata-kind-team-answer = 替团队答的 { $count }
mydata-kind-message = 聊天消息 { $count }
mydata-seen-manager = 您的主管和管理员：客户、拜访、承诺和提示。没答好的问题，他们看得到内容，看不到是谁问的。
    只有您自己：笔记原文和用词样本。
mydata-seen-lead = 管理员：您名下的客户、拜访和承诺。您带的人看不到您的任何记录。
    只有您自己：笔记原文和用词样本。
mydata-seen-owner = 别的管理员：您名下的客户、拜访和承诺。
    只有您自己：笔记原文和用词样本。
mydata-export-me = 导出我的数据
mydata-record = 您的客户、拜访、承诺和计划。换一套系统、或换一个教练，也能读进去。
mydata-everything = 我存着的、和您有关的每一行，原样列出。
mydata-forget-me = 请管理员删除我的数据
mydata-forget-me-ask = 我会把这件事转给管理员。删除以后，您的名字、笔记、提问和用词样本都没有了，您也进不来了；团队的次数和日期留着，不带名字，客户留给同事。
    要转吗？
mydata-forget-me-sure = 是，转给管理员
mydata-wish-sent = 转给管理员了。想反悔，请直接告诉管理员。
mydata-wish = { $name } 请您删除自己的个人数据。
mydata-wish-open = 看一下再决定
mydata-only-owner = 您是唯一的管理员，没有人能替您删除。请先在 /team 里让另一位当管理员，再来找我。
mydata-delete-ask = <b>删除 { $name } 的个人数据？</b>
    名字、Telegram 账号、笔记、提问、用词、文件和聊天记录都会没有，找不回来，人也进不来了。
    拜访、承诺和市场反馈只留日期和数目；客户还在，等您交给别人。
mydata-delete-sure = 是，永远删除
mydata-deleted = 已经删除，找不回来了。团队的数目留在一条没有名字的记录里。
