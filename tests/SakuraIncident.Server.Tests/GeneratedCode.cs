using FluentAssertions;

namespace SakuraIncident.Server.Tests;

/// <summary>Wolverine's adapters are generated before the build: one for each handler, or it would not be found at run time.</summary>
public sealed class Generated_code
{
    [Fact]
    public void knows_every_handler()
    {
        var assembly = typeof(Start).Assembly;
        var handlers = assembly.GetTypes().Where(t => t.Name.EndsWith("Handler", StringComparison.Ordinal) && t is { IsAbstract: true, IsSealed: true } && t.GetMethod("Handle") is not null);
        var registry = (Wolverine.Runtime.Handlers.HandlerRegistry)Activator.CreateInstance(
            assembly.GetType("Internal.Generated.WolverineHandlers.GeneratedHandlerRegistry", throwOnError: true)!)!;

        registry.HandlerTypes().Should().BeEquivalentTo(handlers, "after a change of handlers run codegen write (docs/development.md)");
    }
}
