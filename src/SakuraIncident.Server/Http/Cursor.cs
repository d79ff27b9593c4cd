using System.Buffers.Binary;
using System.Buffers.Text;

namespace SakuraIncident.Server.Http;

/// <summary>Where a list was left: base64url of the last item's time and id, so that paging is stable while items are added.</summary>
public static class Cursor
{
    public static string Write(DateTimeOffset openedAt, Guid id)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(bytes, openedAt.UtcTicks);
        id.TryWriteBytes(bytes[8..]);
        return Base64Url.EncodeToString(bytes);
    }

    public static (DateTimeOffset OpenedAt, Guid Id)? Read(string cursor)
    {
        var bytes = new byte[24];
        if (cursor.Length != 32 || !Base64Url.IsValid(cursor) || Base64Url.DecodeFromChars(cursor, bytes) != 24) return null;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks
            ? null
            : (new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes.AsSpan(8)));
    }
}
