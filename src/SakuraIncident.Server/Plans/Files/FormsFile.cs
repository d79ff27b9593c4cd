using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>forms.yaml: 様式, what each receiver asks for, and what the incident already says of it.</summary>
internal static class FormsFile
{
    public static IReadOnlyDictionary<string, Form> Read(Fields root)
    {
        var forms = new SortedDictionary<string, Form>(StringComparer.Ordinal);
        foreach (var one in root.Maps("forms", required: true))
        {
            var id = one.Id("form");
            var title = one.Text("title", required: true, longest: 60);
            var source = one.Text("source", required: true);
            var items = ReadItems(one);
            one.RefuseTheRest();
            if (id is null || title is null || source is null) continue;
            if (!forms.TryAdd(id, new Form(id, title, source, items))) one.Problem(one.LineOf("form"), $"様式「{id}」が二度書かれています。");
        }

        root.RefuseTheRest();
        return forms;
    }

    private static List<FormItem> ReadItems(Fields form)
    {
        var items = new List<FormItem>();
        foreach (var one in form.Maps("items", required: true))
        {
            var id = one.Id("item");
            var title = one.Text("title", required: true, longest: 60);
            var text = StepKinds.PlanText(one, "text");
            var asks = one.Text("asks");
            one.RefuseTheRest();
            if (id is null || title is null) continue;
            if (items.Any(i => i.Id == id)) one.Problem(one.LineOf("item"), $"様式の項目「{id}」が二度書かれています。");
            else items.Add(new FormItem(id, title, text, asks));
        }

        return items;
    }

    public static void CheckUses(IReadOnlyDictionary<string, Form> forms, IEnumerable<FormUse> uses, List<PlanProblem> problems)
    {
        foreach (var use in uses.Where(u => !forms.ContainsKey(u.Form)))
            problems.Add(new PlanProblem(use.File, use.Line, $"様式「{use.Form}」がありません（forms.yaml にあるもの: {string.Join("、", forms.Keys)}）。"));
    }
}
