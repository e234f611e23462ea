// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "progressbar.h"

#include "terminalcolumns.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <unistd.h>

namespace claimcheck::cli {

static bool canMoveCursor()
{
    const char* const terminal = std::getenv("TERM");
    return isatty(STDERR_FILENO) == 1 && (terminal == nullptr || std::string_view(terminal) != "dumb");
}

std::string progressText(std::size_t done, std::size_t total, std::size_t failed, std::size_t columns)
{
    constexpr std::size_t widest = 40;
    constexpr std::size_t narrowest = 10;
    const std::string all = std::to_string(total);
    const std::string number = std::to_string(done);
    std::string words =
        " " + std::string(all.size() - std::min(number.size(), all.size()), ' ') + number + "/" + all;
    if (failed > 0)
        words += ", " + std::to_string(failed) + " failed";
    if (total == 0 || columns < words.size() + narrowest + 3) // brackets, and the last column stays free
        return {};
    const std::size_t width = std::min(widest, columns - words.size() - 3);
    const std::size_t filled = width * std::min(done, total) / total;
    return "[" + std::string(filled, '#') + std::string(width - filled, '-') + "]" + words;
}

ProgressBar::ProgressBar(std::size_t total, bool isWanted)
    : m_total(total), m_isOnTerminal(isWanted && canMoveCursor())
{}

void ProgressBar::hide()
{
    if (!m_isDrawn)
        return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    m_isDrawn = false;
}

void ProgressBar::advance(bool isFailed)
{
    constexpr std::chrono::milliseconds pause(50);
    ++m_done;
    m_failed += isFailed ? 1u : 0u;
    const auto now = std::chrono::steady_clock::now();
    const bool isDue = !m_isDrawn || m_done == m_total || now - m_drawnAt >= pause;
    if (!m_isOnTerminal || !isDue)
        return;
    const std::string text = progressText(m_done, m_total, m_failed, terminalColumns());
    std::fflush(stdout); // lines above it first
    std::fputs(("\r\x1b[K" + text).c_str(), stderr);
    std::fflush(stderr);
    m_isDrawn = true;
    m_drawnAt = now;
}

} // namespace claimcheck::cli
