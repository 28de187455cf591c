namespace PaymentEngine.Tests.Campaign.Plans;

/// <summary>What it takes to come by a failpoint that ordinary traffic does not pass.</summary>
internal static class FailpointNeeds
{
    /// <summary>Passed once by the first start on an empty database.</summary>
    public static bool IsOfAnEmptyDatabase(Failpoint point) => point is Failpoint.BeforeMigration or Failpoint.AfterMigration;

    /// <summary>Passed by the node that finds the ledger's day over.</summary>
    public static bool IsOfTheTurn(Failpoint point) => point is Failpoint.BeforeDayTurned or Failpoint.AfterDayTurned;

    /// <summary>A day of the ledger is closed once it is over, by one node.</summary>
    public static bool WantsDays(Failpoint point) => point is Failpoint.BeforeDayClosed or Failpoint.AfterDayClosed;

    /// <summary>A node with the bus inside handles the callbacks that the bank sends to it.</summary>
    public static bool WantsCallbacks(Failpoint point) => point
        is Failpoint.BeforeCommitOfCallback or Failpoint.AfterCommitOfCallback or Failpoint.BeforeCallbackHandled or Failpoint.AfterCallbackHandled;

    /// <summary>
    /// A timer is stale when its order has moved on without it: this node claims some, is stopped past their lease while
    /// another node does the work, and wakes up; and where that was nothing, it is to ask about orders that are through.
    /// </summary>
    public static bool WantsSleep(Failpoint point) => point is Failpoint.BeforeTimerDiscarded or Failpoint.AfterTimerDiscarded;

    /// <summary>Questions are put off when the bank bears few calls.</summary>
    public static bool WantsNarrowLine(Failpoint point) => point is Failpoint.BeforeTimerPutOff or Failpoint.AfterTimerPutOff;

    /// <summary>Few trades come to the end of their validity while a run lasts.</summary>
    public static bool WantsDeadlines(Failpoint point) => point is Failpoint.BeforeCommitOfTimer or Failpoint.AfterCommitOfTimer;

    /// <summary>An order that somebody is impatient about is asked about early once its acceptance is committed.</summary>
    public static bool WantsAcceptances(Failpoint point) => point is Failpoint.BeforeTimerHastened or Failpoint.AfterTimerHastened;

    /// <summary>Passed so often that it makes sense to wait for a later pass.</summary>
    public static bool IsFrequent(Failpoint point) => point
        is Failpoint.BeforeCommitOfRequest or Failpoint.AfterCommitOfRequest or Failpoint.BeforeCommitOfResult or Failpoint.AfterCommitOfResult
        or Failpoint.BeforeSend or Failpoint.AfterSend or Failpoint.BeforeAnswer or Failpoint.AfterAnswer
        or Failpoint.BeforeNotification or Failpoint.AfterNotification or Failpoint.BeforeNotificationResult or Failpoint.AfterNotificationResult
        or Failpoint.BeforePublish or Failpoint.AfterPublish or Failpoint.BeforeMessage or Failpoint.BeforeMessageAcknowledged
        or Failpoint.BeforeTimerClaim;

    /// <summary>As the engine wants to be told.</summary>
    public static string Spell(Death death) => WantsSleep(death.Point)
        ? $"{Failpoint.AfterTimerClaim}:3:stop,{death.Point}:{death.Pass}"
        : $"{death.Point}:{death.Pass}";
}
