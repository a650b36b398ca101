### 问是谁的客户簿

whose-own = 我自己的
