// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests to our own listener: what comes out does not depend on how the bytes were cut, and stays within
// the limits. The input's first byte says where to cut.

#include "fuzz.h"

#include <listen/requestreader.h>

#include <algorithm>

using namespace claimcheck::listen;

static constexpr std::size_t step = 7;

static ReadState readInPieces(RequestReader& reader, std::string_view bytes, std::size_t first)
{
    std::string buffer(bytes.substr(0, first));
    ReadState state = reader.read(buffer);
    for (std::size_t at = first; at < bytes.size() && state == ReadState::NeedsMore; at += step) {
        buffer.append(bytes.substr(at, step));
        state = reader.read(buffer);
    }
    return state;
}

static void run(std::string_view input)
{
    if (input.empty())
        return;
    const std::string_view bytes = input.substr(1);
    const std::size_t first = std::min<std::size_t>(static_cast<unsigned char>(input.front()), bytes.size());
    RequestReader whole({});
    RequestReader cut({});
    std::string buffer(bytes);
    const ReadState state = whole.read(buffer);
    FUZZ_CHECK(readInPieces(cut, bytes, first) == state);
    FUZZ_CHECK(whole.request() == cut.request() && whole.failure() == cut.failure());
    FUZZ_CHECK((state == ReadState::Failed) == (whole.failure() != 0));
    FUZZ_CHECK(whole.request().body.size() <= ListenerLimits{}.body);
    FUZZ_CHECK(whole.request().headers.size() <= ListenerLimits{}.fields);
}

FUZZ_MAIN(run);
