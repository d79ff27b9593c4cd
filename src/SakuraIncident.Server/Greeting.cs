using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server;

/// <summary>What the person who starts the server reads: where it is, and, once, how to sign in.</summary>
public static class Greeting
{
    public static void Print(ServerOptions options, IReadOnlyList<NewAccount> created)
    {
        if (created.Count > 0)
        {
            Console.WriteLine();
            Console.WriteLine("サインインのための最初のパスワード(表示はこの1回だけです。本人に渡し、控えを残さないでください):");
            foreach (var account in created) Console.WriteLine($"  {account.Person,-20} {account.Password}   {account.Name}");
        }
        Console.WriteLine();
        Console.WriteLine($"SakuraIncident: {options.Urls}  (終了は Ctrl-C)");
        Console.Out.Flush();
    }
}
