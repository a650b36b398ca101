### The morning prompt

morning-greeting = ☀️ Morning, { $name }. <b>{ $day }</b>
morning-first-step = 👣 Your first step: { $what }
