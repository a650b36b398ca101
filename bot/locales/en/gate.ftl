### The gate: who may talk to the coach

gate-needs-invitation = Hello, I am Zhixing, a coach for account managers.
    To use me, please ask your team's owner for an invitation link and open it.
gate-group = I only talk in private, so that nobody hears about your clients. Please tap my picture and message me there.
