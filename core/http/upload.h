// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A body of texts and files that is read while it is sent: it never stands in memory as a whole.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>

namespace claimcheck::http {

/// A request's body up to this size stands in memory, where it is searched, kept and shown like others.
inline constexpr std::uint64_t largestInMemory = 32u * 1024u * 1024u;

class Upload
{
public:
    void append(std::string text);
    /// As long as it is now; what is put into its place later is not sent. No pipe is waited for. Unreadable.
    Result<void> appendFile(const std::string& path);

    std::uint64_t size() const { return m_size; }
    /// At most `count` bytes from `offset` on; 0 at the end. Nothing where a file cannot be read any more, or
    /// has become shorter. On any thread.
    std::optional<std::size_t> read(char* to, std::size_t count, std::uint64_t offset) const;
    /// All of it, piece by piece, until one is not taken; false when it was not handed on whole.
    [[nodiscard]] bool forEachPiece(const std::function<bool(std::string_view)>& take) const;
    /// What is no file, a line end between two: for those who look for secrets in a request.
    std::string texts() const;

private:
    struct File;
    struct Piece
    {
        std::string text;
        std::shared_ptr<const File> file; ///< null: the text
        std::uint64_t size = 0;
    };

    std::vector<Piece> m_pieces;
    std::uint64_t m_size = 0;
};

/// Of a regular file, or nothing: for who decides how it is sent.
std::optional<std::uint64_t> fileSize(const std::string& path);

} // namespace claimcheck::http
