// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole lines of a file of any size, in blocks; what is no token for its length is skipped. Of a pipe whose
// writer takes its time the lines that are there make a block.

#pragma once

#include <cstdint>
#include <string>

namespace claimcheck::cli {

struct Block
{
    std::size_t number = 0;     ///< from 0
    std::int64_t firstLine = 0; ///< from 1
    std::string lines;          ///< each with its line feed; the last of the file perhaps without
};

/// From a descriptor, which stays open. Not for several threads at once.
class LineReader
{
public:
    explicit LineReader(int descriptor) : m_descriptor(descriptor) {}

    /// False at the end, or when reading fails (error() is then set).
    bool next(Block& block);
    /// An errno; 0 without.
    int error() const { return m_error; }

private:
    bool isBlock(const std::string& text) const;
    void read(std::string& text);

    int m_descriptor;
    bool m_ended = false;
    int m_error = 0;
    std::size_t m_number = 0;
    std::int64_t m_line = 1;
    std::string m_rest;
};

} // namespace claimcheck::cli
