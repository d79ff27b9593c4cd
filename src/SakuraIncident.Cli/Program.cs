using SakuraIncident.Cli;

return await Sakura.Run(args, Surroundings.OfThisProcess());
