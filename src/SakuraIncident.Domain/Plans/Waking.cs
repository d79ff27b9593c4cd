namespace SakuraIncident.Domain.Plans;

/// <summary>Which incidents call people in their quiet hours too.</summary>
public static class Waking
{
    /// <summary>緊急 and 重大 do; 警戒 and 軽微 wait for the morning, or for whoever is on duty.</summary>
    public static bool Wakes(this Severity severity) => severity <= Severity.High;
}
