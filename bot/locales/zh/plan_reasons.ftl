### 日计划的理由：今天为什么去这家

plan-why-appointment = { $appointments ->
        [1] 今天约好见面 { $appointment_time }
       *[other] 今天约了 { $appointments } 次 { $appointment_time }
    }
plan-why-promise-due = { $promises_due ->
        [1] 今天到期：{ $promise_due }
       *[other] 今天 { $promises_due } 件到期：{ $promise_due }
    }
plan-why-promise-overdue = { $promises_overdue ->
        [1] 过期 { $promise_days_overdue } 天：{ $promise_overdue }
       *[other] { $promises_overdue } 件过期：{ $promise_overdue }
    }
plan-why-complaint = { $complaint_days ->
        [0] 今天的投诉等回音
       *[other] 投诉等了 { $complaint_days } 天
    }
plan-why-critical-flag = 有要紧的提示
plan-why-warning-flag = 有提示要处理
plan-why-next-step-due = { $step_days_late ->
        [0] 说好今天：{ $step_due }
       *[other] 说好的迟 { $step_days_late } 天：{ $step_due }
    }
plan-why-contact-overdue = { $was_met ->
        [true] { $days_since_contact } 天没联系（周期 { $contact_cadence_days } 天）
       *[other] 8 周没联系（周期 { $contact_cadence_days } 天）
    }
plan-why-potential = 潜力还有 { $unwon_pct }% 没拿到
plan-why-same-area = 和 { $account } 同一片
