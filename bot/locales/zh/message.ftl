### 打字发来的话

cancel = 不改了
message-cancelled = 好的，不等您打字了
