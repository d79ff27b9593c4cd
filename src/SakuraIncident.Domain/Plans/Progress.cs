namespace SakuraIncident.Domain.Plans;

/// <summary>How far a step is. Waiting and not needed follow from the plan; the others were said by someone.</summary>
public enum StepState { Waiting, Open, Started, Done, Skipped, NotNeeded }

/// <summary>Which steps are open, waiting or not needed: a function of playbook, facts, phase and what was said of each step.</summary>
public static class Progress
{
    /// <param name="said">Started, done or skipped, by step id; steps of which nothing was said are absent.</param>
    /// <param name="doneBefore">Repeating steps that were done before and are due again: nothing waits for them a second time.</param>
    /// <param name="opened">Steps that are open: someone may be at them. One before them that is taken up again does not close them.</param>
    public static IReadOnlyDictionary<string, StepState> Of(
        Playbook playbook, Facts facts, Phase phase, IReadOnlyDictionary<string, StepState> said, IReadOnlySet<string> doneBefore,
        IReadOnlySet<string>? opened = null)
    {
        var states = new Dictionary<string, StepState>(playbook.Steps.Count);
        foreach (var step in playbook.Steps) StateOf(step.Id);
        return states;

        StepState StateOf(string id)
        {
            if (states.TryGetValue(id, out var known)) return known;
            states[id] = StepState.Waiting; // a cycle, which the loader refuses, would wait for ever instead of overflowing
            return states[id] = playbook.Find(id) is { } step ? Judge(step) : StepState.NotNeeded;
        }

        StepState Judge(Step step)
        {
            if (said.TryGetValue(step.Id, out var spoken)) return spoken;
            if (!(step.When with { Choice = null }).Holds(facts)) return StepState.NotNeeded;
            if (step.When.Choice is { } choices)
            {
                if (choices.Keys.Any(IsAwaited)) return StepState.Waiting;
                if (!step.When.Holds(facts)) return StepState.NotNeeded;
            }
            if (step.Phase > phase || (opened?.Contains(step.Id) != true && step.After.Any(IsAwaited))) return StepState.Waiting;
            return StepState.Open;
        }

        bool IsAwaited(string before) => !IsOver(StateOf(before)) && !doneBefore.Contains(before);
    }

    /// <summary>Nothing more is to be done here.</summary>
    public static bool IsOver(StepState state) => state is StepState.Done or StepState.Skipped or StepState.NotNeeded;
}
