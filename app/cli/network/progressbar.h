// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far a run is, in one line on standard error: only where that is a terminal, and gone at the end.

#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace claimcheck::cli {

/// "[#####---------------]  5/20, 1 failed", at most `columns` wide; empty where that is too narrow.
std::string progressText(std::size_t done, std::size_t total, std::size_t failed, std::size_t columns);

class ProgressBar
{
public:
    /// `isWanted`: false with --quiet.
    ProgressBar(std::size_t total, bool isWanted);
    ~ProgressBar() { hide(); }
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// One more is done. What is printed between hide() and this call stands above the bar.
    void advance(bool isFailed);
    void hide();

private:
    std::size_t m_total;
    std::size_t m_done = 0;
    std::size_t m_failed = 0;
    bool m_isOnTerminal = false;
    bool m_isDrawn = false;
    std::chrono::steady_clock::time_point m_drawnAt{};
};

} // namespace claimcheck::cli
