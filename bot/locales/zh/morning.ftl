### 早上的那条消息

morning-greeting = ☀️ 早上好，{ $name }。<b>{ $day }</b>
morning-first-step = 👣 您说先做：{ $what }
