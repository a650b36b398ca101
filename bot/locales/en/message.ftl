### What is typed

cancel = Never mind
message-cancelled = All right, nothing to type
