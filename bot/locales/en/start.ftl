### /start

start-owner = <b>Welcome, { $name }!</b>
    You are the first one in, so you are the owner.
    { start-how }
start-guest = <b>{ $name }, welcome to “{ $team }”!</b>
    Your role: { $role }.
    { start-how }
start-again = <b>Hello, { $name }!</b>
    { start-how }
start-how = I am Zhixing, a coach for account managers. Ask me the way you talk; I answer briefly and tell you which document says so.
    Try one:
start-example-promise = A client wants a promise right now. What do I do?
start-example-key = Who counts as a key account?
start-example-visits = How many visits a day?
