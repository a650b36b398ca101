### /check：发给客户前帮您看一遍

wording-ask = 把要发给客户的话打给我，只有您看得到。
wording-clean = ✅ 读下来没有问题，可以这样说。
wording-head = <b>有 { $count } 处可以更好</b>（只有您看得到）
wording-hit = ✏️ <b>{ $name }</b>：「{ $words }」
    { $why }
    💬 { $better }
