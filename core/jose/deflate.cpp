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

/// zlib's stream with its end; windowBits -15 is DEFLATE without a wrapper.
struct Inflater
{
    z_stream stream{};
    bool isReady = inflateInit2(&stream, -15) == Z_OK;

    Inflater() = default;
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream); }
};

struct Deflater
{
    z_stream stream{};
    bool isReady = deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) == Z_OK;

    Deflater() = default;
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;
    ~Deflater() { deflateEnd(&stream); }
};

} // namespace

Result<Secret> inflate(std::string_view compressed)
{
    static constexpr const char* what = "cannot decompress the token's content";
    Inflater inflater;
    z_stream& stream = inflater.stream;
    // Once, and never moved: the content is secret. DEFLATE makes at most 1032 bytes of one.
    const std::size_t room = std::min(mostInflated, compressed.size() * 1032 + 64) + 1;
    std::string plain(room, '\0');
    stream.next_in = buffer(compressed);
    stream.avail_in = static_cast<uInt>(compressed.size());
    stream.next_out = buffer(plain);
    stream.avail_out = static_cast<uInt>(plain.size());
    const int outcome = inflater.isReady ? ::inflate(&stream, Z_FINISH) : Z_STREAM_ERROR;
    const std::size_t written = plain.size() - stream.avail_out;
    const bool isWhole = outcome == Z_STREAM_END && stream.avail_in == 0;
    if (written > mostInflated || !isWhole) {
        wipe(plain);
        if (written > mostInflated)
            return tooLarge(what);
        return failure(ErrorKind::Malformed, what, "'zip' says DEF, but it is no DEFLATE text (RFC 1951)");
    }
    plain.resize(written);
    return Secret::adopting(std::move(plain));
}

Result<Secret> deflate(std::string_view plain)
{
    static constexpr const char* what = "cannot compress the content";
    if (plain.size() > mostInflated)
        return tooLarge(what);
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
