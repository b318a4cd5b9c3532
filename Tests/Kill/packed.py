"""The bytes that the archive keeps, which are packed with Zstandard where that pays."""
import ctypes
import ctypes.util

_ZSTD = ctypes.CDLL(ctypes.util.find_library("zstd") or "libzstd.so.1")
_ZSTD.ZSTD_decompress.restype = ctypes.c_size_t
_ZSTD.ZSTD_isError.argtypes = [ctypes.c_size_t]


def unpack(size, body):
    """The bytes of a row: a form of their length is the bytes themselves."""
    if len(body) == size:
        return body
    room = ctypes.create_string_buffer(max(size, 1))
    count = _ZSTD.ZSTD_decompress(room, ctypes.c_size_t(size), body, ctypes.c_size_t(len(body)))
    if _ZSTD.ZSTD_isError(count) or count != size:
        raise ValueError(f"packed bytes cannot be unpacked to {size}")
    return room.raw[:size]


def kept(archive):
    """The bytes of the deliveries of an archive, by their ids."""
    rows = archive.execute("SELECT d.id, b.size, b.body FROM deliveries d JOIN bytes b ON b.n = d.bytes")
    return {delivery: unpack(size, body) for delivery, size, body in rows}
