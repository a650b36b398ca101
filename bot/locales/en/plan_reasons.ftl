### The reasons of a day's plan: why see this account today

plan-why-appointment = { $appointments ->
        [one] appointment today { $appointment_time }
       *[other] { $appointments } appointments today { $appointment_time }
    }
plan-why-promise-due = { $promises_due ->
        [one] due today: { $promise_due }
       *[other] { $promises_due } due today: { $promise_due }
    }
plan-why-promise-overdue = { $promises_overdue ->
        [one] { $promise_days_overdue } d late: { $promise_overdue }
       *[other] { $promises_overdue } overdue: { $promise_overdue }
    }
plan-why-complaint = { $complaint_days ->
        [0] complaint of today, unanswered
        [one] complaint, 1 day unanswered
       *[other] complaint, { $complaint_days } days unanswered
    }
plan-why-critical-flag = an urgent flag is open
plan-why-warning-flag = a flag is open
plan-why-next-step-due = { $step_days_late ->
        [0] agreed for today: { $step_due }
       *[other] agreed, { $step_days_late } d late: { $step_due }
    }
plan-why-contact-overdue = { $was_met ->
        [true] { $days_since_contact } days unseen (cadence { $contact_cadence_days })
       *[other] 8 weeks unseen (cadence { $contact_cadence_days })
    }
plan-why-potential = { $unwon_pct }% of the potential still to win
plan-why-same-area = same area as { $account }
