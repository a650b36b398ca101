### /gaps：主管看的知识缺口

gaps-list = <b>大家问了、还没答好的</b>（近 8 周，相近的合并计数）
    { $lines }
gaps-line = · { $text }（{ $count } 次）
gaps-line-disliked = · { $text }（{ $count } 次，有人点了 👎）
gaps-none = 近 8 周没有没答上来的问题。
