### /start

start-owner = <b>{ $name }，欢迎！</b>
    您是第一位进来的人，所以由您当管理员。
    { start-how }
start-guest = <b>{ $name }，欢迎加入「{ $team }」！</b>
    您的角色：{ $role }。
    { start-how }
start-again = <b>{ $name }，您好！</b>
    { start-how }
start-how = 我是客户经理教练「知行」：把您的问题照平时说话的样子发给我，我答在点子上，并告诉您出自哪份文件第几条。
    先试一个：
start-example-promise = 客户催我马上答应，怎么办？
start-example-key = 什么样的才算大客户？
start-example-visits = 一天该跑多少家？
