// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "deflate.h"

#include <algorithm>

#include <zlib.h>

namespace claimcheck::jose {

static tl::unexpected<Error> tooLarge(const char* what)
{
    return failure(ErrorKind::TooLarge, what,
                   "its content is more than 1 MiB when it is decompressed ('zip'), which is refused");
}

static Bytef* buffer(std::string_view text)
{
    return reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); // NOLINT: zlib's next_in has no const
}

namespace {

/// What inflateInit2() reads.
enum WindowBits
{
    bareDeflate = -15,
    gzipOrZlib = 15 + 32
};

/// zlib's stream with its end.
struct Inflater
{
    z_stream stream{};
    bool isReady;

    explicit Inflater(WindowBits bits) : isReady(inflateInit2(&stream, bits) == Z_OK) {}
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream); }
};

struct Deflater
{
    z_stream stream{};
    bool isReady =
        deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, bareDeflate, 9, Z_DEFAULT_STRATEGY) == Z_OK;

    Deflater() = default;
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;
    ~Deflater() { deflateEnd(&stream); }
};

} // namespace

/// All of it at once into `plain`, of which `written` bytes are filled; zlib's outcome.
static int inflateInto(std::string& plain, Inflater& inflater, std::string_view compressed,
                       std::size_t& written)
{
    z_stream& stream = inflater.stream;
    // Once, and never moved: the content is secret. DEFLATE makes at most 1032 bytes of one.
    plain.resize(std::min(mostInflated, compressed.size() * 1032 + 64) + 1);
    stream.next_in = buffer(compressed);
    stream.avail_in = static_cast<uInt>(compressed.size());
    stream.next_out = buffer(plain);
    stream.avail_out = static_cast<uInt>(plain.size());
    const int outcome = inflater.isReady ? ::inflate(&stream, Z_FINISH) : Z_STREAM_ERROR;
    written = plain.size() - stream.avail_out;
    return outcome;
}

Result<Secret> inflate(std::string_view compressed)
{
    static constexpr const char* what = "cannot decompress the token's content";
    Inflater inflater(bareDeflate);
    std::string plain;
    std::size_t written = 0;
    const int outcome = inflateInto(plain, inflater, compressed, written);
    const bool isWhole = outcome == Z_STREAM_END && inflater.stream.avail_in == 0;
    if (written > mostInflated || !isWhole) {
        wipe(plain);
        if (written > mostInflated)
            return tooLarge(what);
        return failure(ErrorKind::Malformed, what, "'zip' says DEF, but it is no DEFLATE text (RFC 1951)");
    }
    plain.resize(written);
    return Secret::adopting(std::move(plain));
}

static bool isZipped(std::string_view text)
{
    // RFC 1952 §2.3.1: two bytes and DEFLATE's number. RFC 1950 §2.2: as the usual window has it, and both
    // bytes together a multiple of 31.
    if (text.starts_with("\x1F\x8B\x08"))
        return true;
    return text.size() > 2 && text.front() == '\x78' &&
           (0x7800u + static_cast<unsigned char>(text[1])) % 31 == 0;
}

std::optional<Secret> unzipped(std::string_view text)
{
    if (!isZipped(text))
        return std::nullopt;
    Inflater inflater(gzipOrZlib);
    std::string plain;
    std::size_t written = 0;
    const int outcome = inflateInto(plain, inflater, text, written);
    if (written > mostInflated || outcome != Z_STREAM_END) {
        wipe(plain);
        return std::nullopt;
    }
    plain.resize(written);
    return Secret::adopting(std::move(plain));
}

Result<Secret> deflate(std::string_view plain)
{
    static constexpr const char* what = "cannot compress the content";
    if (plain.size() > mostInflated)
        return failure(ErrorKind::Usage, what, "it is more than 1 MiB, which nobody may decompress",
                       "leave it as it is ('zip')");
    Deflater deflater;
    z_stream& stream = deflater.stream;
    std::string compressed(plain.size() + plain.size() / 100 + 64, '\0');
    stream.next_in = buffer(plain);
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = buffer(compressed);
    stream.avail_out = static_cast<uInt>(compressed.size());
    if (!deflater.isReady || ::deflate(&stream, Z_FINISH) != Z_STREAM_END)
        return failure(ErrorKind::Internal, what, "zlib refused");
    compressed.resize(compressed.size() - stream.avail_out);
    return Secret::adopting(std::move(compressed));
}

} // namespace claimcheck::jose
