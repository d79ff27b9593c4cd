using JasperFx.Events;
using Marten.Events.Aggregation;
using SakuraIncident.Domain.Incidents;

namespace SakuraIncident.Server.Storage;

/// <summary>The inline snapshot: the domain's own fold, so that live state and replay cannot differ.</summary>
public sealed partial class IncidentProjection : SingleStreamProjection<Incident, Guid>
{
    public override Incident? Evolve(Incident? snapshot, Guid id, IEvent e) =>
        e.Data is IncidentEvent ? (snapshot ?? new Incident { Id = id }).After(e.ToRecorded()) : snapshot;
}
