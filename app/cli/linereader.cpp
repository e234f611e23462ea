// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "linereader.h"

#include <algorithm>
#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace claimcheck::cli {

// What it becomes is some times larger; both stay in the cache of a core.
static constexpr std::size_t blockBytes = 64 * 1024;
// A line above this is no token (jose::DecodeLimits): its first bytes are judged, the rest is skipped.
static constexpr std::size_t longestLine = 2 * 1024 * 1024;

/// Nothing would come of reading but waiting. A file, and a pipe that has ended, never make wait.
static bool wouldWait(int descriptor)
{
    pollfd input{descriptor, POLLIN, 0};
    return poll(&input, 1, 0) == 0;
}

bool LineReader::isBlock(const std::string& text) const
{
    return text.find('\n') != std::string::npos && (text.size() >= blockBytes || wouldWait(m_descriptor));
}

bool LineReader::next(Block& block)
{
    block.number = m_number++;
    block.firstLine = m_line;
    block.lines = std::move(m_rest);
    m_rest.clear();
    while (!m_ended && !isBlock(block.lines))
        read(block.lines);
    const std::size_t end = block.lines.rfind('\n');
    if (!m_ended && end != std::string::npos) {
        m_rest = block.lines.substr(end + 1);
        block.lines.resize(end + 1);
    }
    m_line += std::count(block.lines.begin(), block.lines.end(), '\n');
    return !block.lines.empty();
}

void LineReader::read(std::string& text)
{
    if (text.size() > longestLine && text.find('\n') == std::string::npos)
        text.resize(longestLine);
    const std::size_t before = text.size();
    text.resize(before + blockBytes);
    ssize_t count = -1;
    do
        count = ::read(m_descriptor, text.data() + before, blockBytes);
    while (count < 0 && errno == EINTR);
    m_error = count < 0 ? errno : 0;
    m_ended = count <= 0;
    text.resize(before + (count > 0 ? static_cast<std::size_t>(count) : 0));
}

} // namespace claimcheck::cli
