### /gaps: the knowledge gaps, for leads

gaps-list = <b>Asked, and not answered well yet</b> (last 8 weeks, near-equal ones counted together)
    { $lines }
gaps-line = · { $text } ({ $count }×)
gaps-line-disliked = · { $text } ({ $count }×, disliked)
gaps-none = No unanswered questions in the last 8 weeks.
