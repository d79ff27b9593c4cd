using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Assurance;

/// <summary>
/// What can have been chosen together in a playbook: every order in which its decisions can open and be made once each, while all facts
/// but the body may be revised between them. Nothing is made a second time: a step that opens only after a decision was corrected is a
/// step that was not meant.
/// </summary>
internal sealed class Choosing(EmergencyPlan plan, Playbook playbook, IReadOnlyList<string> categories)
{
    private readonly Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> known = new(StringComparer.Ordinal);

    /// <summary>There is a case in which a condition holds.</summary>
    public bool CanHold(Condition when)
    {
        var asked = Closure(when, out var bodies);
        return bodies.Any(body => Made(asked, body).Any(made => FactSpace.Witness(when, plan, categories, [body], [made]) is not null));
    }

    /// <summary>Everything that can have been chosen at these decisions for a body, nothing at all included.</summary>
    private IReadOnlyList<IReadOnlyDictionary<string, string>> Made(IReadOnlyList<Step> decisions, string body)
    {
        var key = $"{body}:{string.Join(',', decisions.Select(d => d.Id))}";
        if (known.TryGetValue(key, out var before)) return before;

        var found = new List<IReadOnlyDictionary<string, string>> { new Dictionary<string, string>() };
        var seen = new HashSet<string>(StringComparer.Ordinal) { "" };
        for (var i = 0; i < found.Count; i++)
            foreach (var decision in decisions)
            {
                if (found[i].ContainsKey(decision.Id) || FactSpace.Witness(decision.When, plan, categories, [body], [found[i]]) is null) continue;
                foreach (var answer in decision.Answers())
                {
                    var next = new SortedDictionary<string, string>(found[i].ToDictionary(), StringComparer.Ordinal) { [decision.Id] = answer };
                    if (seen.Add(string.Join(',', next.Select(c => $"{c.Key}={c.Value}")))) found.Add(next);
                }
            }
        return known[key] = found;
    }

    /// <summary>The decisions on which a condition depends, and those on which they depend; and the bodies between which they tell apart.</summary>
    private List<Step> Closure(Condition when, out IReadOnlyList<string> bodies)
    {
        var asked = Asked.By(when, plan, playbook);
        var decisions = new List<Step>();
        for (var more = asked.Choices.ToList(); more.Count > 0;)
        {
            decisions.AddRange(more.Select(playbook.Find).OfType<Step>());
            foreach (var decision in more.Select(playbook.Find).OfType<Step>()) asked.Add(Asked.By(decision.When, plan, playbook));
            more = [.. asked.Choices.Where(c => playbook.Find(c) is not null && decisions.All(d => d.Id != c))];
        }
        bodies = asked.Bodies.Count == 0 ? ["mayor"] : [.. Vocabulary.Bodies.Select(b => b.Id)];
        return decisions;
    }
}
