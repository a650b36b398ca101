### /mydata: what is stored, who can see it, how to have it deleted

mydata = <b>What I keep about you</b>
    { $kinds }
    <b>Who can see it</b>
    { $seen }
    Messages that are settled are forgotten after { $days } days.
mydata-none = Nothing yet.
mydata-between = {" · "}
mydata-kind-account = accounts { $count }
mydata-kind-visit = visits { $count }
mydata-kind-note = notes { $count }
mydata-kind-promise = promises { $count }
mydata-kind-client-promise = clients’ promises { $count }
mydata-kind-next-step = next steps { $count }
mydata-kind-complaint = complaints { $count }
mydata-kind-market-report = market reports { $count }
mydata-kind-plan = day plans { $count }
mydata-kind-question = questions { $count }
mydata-kind-wording = wording samples { $count }
mydata-kind-flag = flags { $count }
mydata-kind-leave = days off { $count }
mydata-kind-upload = files { $count }
mydata-kind-handbook = team documents { $count }
mydata-kind-team-answer = answers for the team { $count }
mydata-kind-message = chat messages { $count }
mydata-seen-manager = Your lead and the owners: accounts, visits, promises and flags. Of questions not answered well, the words but not who asked.
    You alone: the text of your notes and your wording samples.
mydata-seen-lead = The owners: your accounts, visits and promises. Those whom you lead see nothing of yours.
    You alone: the text of your notes and your wording samples.
mydata-seen-owner = Other owners: your accounts, visits and promises.
    You alone: the text of your notes and your wording samples.
mydata-export-me = Export my data
mydata-record = Your accounts, visits, promises and plans, in a form that another deployment can read in.
mydata-everything = Every row I keep that has to do with you, as it is.
mydata-forget-me = Ask to have my data deleted
mydata-forget-me-ask = I will pass this on to the owner. After it your name, notes, questions and wording samples are gone, and you cannot get in any more. The team keeps counts and dates without a name, and colleagues take over your accounts.
    Shall I?
mydata-forget-me-sure = Yes, ask the owner
mydata-wish-sent = I have passed it on to the owner. If you change your mind, just tell the owner.
mydata-wish = { $name } asks you to delete their personal data.
mydata-wish-open = Have a look and decide
mydata-only-owner = You are the only owner, so nobody could delete your data. Make somebody else an owner in /team first, then come back.
mydata-delete-ask = <b>Delete the personal data of { $name }?</b>
    Name, Telegram account, notes, questions, wording, files and chat are gone for good, and so is access.
    Of visits, promises and market reports only dates and counts stay. The accounts wait for you to hand them over.
mydata-delete-sure = Yes, delete for good
mydata-deleted = Deleted for good. The team’s numbers stay under a record without a name.
