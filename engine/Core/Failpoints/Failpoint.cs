namespace PaymentEngine.Core.Failpoints;

/// <summary>
/// The moments at which a crash could hurt: before and after every commit, every message to the bus, every call to a
/// bank, every acknowledgement. This list is the truth: the fault campaign dies at each of them at least once.
/// </summary>
public enum Failpoint
{
    // Group commits, by what the batch carries. Before: all is locked and nothing is written. After: nobody knows yet.
    BeforeCommitOfRequest,
    AfterCommitOfRequest,
    BeforeCommitOfResult,
    AfterCommitOfResult,
    BeforeCommitOfQuery,
    AfterCommitOfQuery,
    BeforeCommitOfCallback,
    AfterCommitOfCallback,
    BeforeCommitOfTimer,
    AfterCommitOfTimer,

    // The ledger's own commits, by what the batch carries.
    BeforeCommitOfPosting,
    AfterCommitOfPosting,
    BeforeCommitOfHold,
    AfterCommitOfHold,

    // What a person wants booked or changed: asked for, decided by another, known to be booked or done.
    BeforeAdjustmentAsked,
    AfterAdjustmentAsked,
    BeforeChangeAsked,
    AfterChangeAsked,
    BeforeVerdict,
    AfterVerdict,
    BeforeAdjustmentBooked,
    AfterAdjustmentBooked,
    BeforeChangeDone,
    AfterChangeDone,

    // Accounts and customers opened and changed; buffers put onto their accounts; vouchers.
    BeforeAccountChanged,
    AfterAccountChanged,
    BeforeBufferApplied,
    AfterBufferApplied,
    BeforeVouchers,
    AfterVouchers,

    // The ledger's day: the next one begins, one that is over is closed.
    BeforeDayTurned,
    AfterDayTurned,
    BeforeDayClosed,
    AfterDayClosed,

    // The inbox of callbacks.
    BeforeCallbackStored,
    AfterCallbackStored,
    BeforeCallbackClaim,
    AfterCallbackClaim,
    BeforeCallbackHandled,
    AfterCallbackHandled,
    BeforeCallbackUnmatched,
    AfterCallbackUnmatched,
    BeforeCallbackDisowned,
    AfterCallbackDisowned,

    // Timers.
    BeforeTimerClaim,
    AfterTimerClaim,
    BeforeTimerPutOff,
    AfterTimerPutOff,
    BeforeTimerHastened,
    AfterTimerHastened,
    BeforeTimerDiscarded,
    AfterTimerDiscarded,

    // Notifications: the POST to the merchant, and what is written of it.
    BeforeNotification,
    AfterNotification,
    BeforeNotificationResult,
    AfterNotificationResult,

    // What else is committed: blocks of numbers, codes, days, nodes, migrations.
    BeforeNumbers,
    AfterNumbers,
    BeforeCodeMapped,
    AfterCodeMapped,
    BeforeCodeWake,
    AfterCodeWake,
    BeforeDays,
    AfterDays,
    BeforeNode,
    AfterNode,
    BeforeMigration,
    AfterMigration,

    // The bus. A message is acknowledged when its handler has returned.
    BeforePublish,
    AfterPublish,
    BeforeMessage,
    BeforeMessageAcknowledged,

    // Calls to banks.
    BeforeSend,
    AfterSend,
    BeforeQuery,
    AfterQuery,

    // What merchants and banks are answered.
    BeforeAnswer,
    AfterAnswer,
    BeforeCallbackAnswer,
    AfterCallbackAnswer,
}
